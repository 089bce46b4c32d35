import type { Admission } from "@/lib/authority/admit";
import { admissionHeaders, allowanceHeaders } from "@/lib/http/admission-headers";
import { ALWAYS } from "@/lib/http/answer";
import { TwoGenerations } from "./two-generations";

type Allowed = Extract<Admission, { ok: true }>;

/** Lists of one generation, about 400 bytes each: with those of the one before, 20,000 at most. */
const CAPACITY = 10_000;

/** By the reading that they were made of: another one is another actor, who may be allowed less. */
const kept = new TwoGenerations<Allowed["actor"], string[]>(CAPACITY);
/** Where the id of the request stands. */
const REQUEST_ID = 1;
/** Many tokens have one and the same set or list. */
const texts = new WeakMap<object, string>();

/**
 * The headers of a 200, names and values in turn: who calls, as ids in ASCII. All of them are always there, empty where there
 * is nothing to say, so that a proxy that copies them leaves nothing of what the client wrote under these names. The list
 * is good until the next call of this actor, which may write into it.
 */
export function allowedHeaders(admission: Allowed, requestId: string): string[] {
  const headers = headersOf(admission);
  headers[REQUEST_ID] = requestId;
  return admission.allowances.length === 0 ? headers : [...headers, ...flat(allowanceHeaders(admission.allowances))];
}

function headersOf(admission: Allowed): string[] {
  const found = kept.get(admission.actor);
  if (found) return found;
  const headers = [
    ...["X-Request-Id", ""],
    ...flat(ALWAYS),
    ...["Content-Length", "0"],
    ...identityHeaders(admission),
    ...flat(admissionHeaders({ ...admission, allowances: [] }, [])),
  ];
  kept.set(admission.actor, headers);
  return headers;
}

function identityHeaders({ actor, token, audience }: Allowed): string[] {
  return [
    ...["X-Latchkey-Organization", actor.organizationId],
    ...["X-Latchkey-Organization-Slug", token.organization.slug],
    ...["X-Latchkey-Token", token.id],
    ...["X-Latchkey-Member", actor.memberId],
    // A token that mirrors its issuer has the issuer's.
    ...["X-Latchkey-Role", (token.role ?? token.issuer.role).id],
    ...["X-Latchkey-Permissions", textOf(actor.permissions, () => [...actor.permissions].sort())],
    ...["X-Latchkey-Groups", textOf(actor.groups, () => actor.groups.map(({ id }) => id))],
    // Whatever is no access token is for nobody in particular.
    ...["X-Latchkey-Audience", audience ?? ""],
  ];
}

function textOf(part: object, words: () => string[]): string {
  let text = texts.get(part);
  if (text === undefined) {
    text = words().join(" ");
    texts.set(part, text);
  }
  return text;
}

export const flat = (headers: Readonly<Record<string, string>>): string[] => Object.entries(headers).flat();
