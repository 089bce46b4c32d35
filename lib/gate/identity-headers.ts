import type { Admission } from "@/lib/authority/admit";
import { BoundedMap } from "@/lib/authority/bounded-map";
import { admissionHeaders, allowanceHeaders } from "@/lib/http/admission-headers";
import { ALWAYS } from "@/lib/http/answer";

type Allowed = Extract<Admission, { ok: true }>;

/** Tokens whose headers are kept, about 400 bytes each. */
const CAPACITY = 20_000;

const kept = new BoundedMap<{ actor: Allowed["actor"]; headers: string[]; used: boolean }>(CAPACITY);
/** Many tokens have one and the same set or list. */
const texts = new WeakMap<object, string>();

/**
 * The headers of a 200, names and values in turn: who calls, as ids in ASCII. All of them are always there, empty where there
 * is nothing to say, so that a proxy that copies them leaves nothing of what the client wrote under these names. The list
 * is good until the next call, which may write into it.
 */
export function allowedHeaders(admission: Allowed, requestId: string): string[] {
  const headers = headersOf(admission);
  headers[1] = requestId;
  return admission.allowances.length === 0 ? headers : [...headers, ...flat(allowanceHeaders(admission.allowances))];
}

function headersOf(admission: Allowed): string[] {
  const { actor } = admission;
  const found = kept.get(actor.tokenId);
  if (found?.actor === actor) {
    found.used = true;
    return found.headers;
  }
  const headers = [
    ...["X-Request-Id", ""],
    ...flat(ALWAYS),
    ...["Content-Length", "0"],
    ...identityHeaders(admission),
    ...flat(admissionHeaders({ ...admission, allowances: [] }, [])),
  ];
  kept.set(actor.tokenId, { actor, headers, used: false });
  return headers;
}

function identityHeaders({ actor, token }: Allowed): string[] {
  return [
    ...["X-Latchkey-Organization", actor.organizationId],
    ...["X-Latchkey-Organization-Slug", token.organization.slug],
    ...["X-Latchkey-Token", actor.tokenId],
    ...["X-Latchkey-Member", actor.memberId],
    // A token that mirrors its issuer has the issuer's.
    ...["X-Latchkey-Role", (token.role ?? token.issuer.role).id],
    ...["X-Latchkey-Permissions", textOf(actor.permissions, () => [...actor.permissions].sort())],
    ...["X-Latchkey-Groups", textOf(actor.groups, () => actor.groups.map(({ id }) => id))],
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
