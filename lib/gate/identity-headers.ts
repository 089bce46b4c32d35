import type { Admission } from "@/lib/authority/admit";
import { admissionHeaders, allowanceHeaders } from "@/lib/http/admission-headers";
import { ALWAYS } from "@/lib/http/answer";

type Allowed = Extract<Admission, { ok: true }>;

const cached = new WeakMap<Allowed["actor"], readonly string[]>();
/** Many tokens have one and the same set or list. */
const texts = new WeakMap<object, string>();

/**
 * The headers of a 200, names and values in turn: who calls, as ids in ASCII. All of them are always there, empty where there
 * is nothing to say, so that a proxy that copies them leaves nothing of what the client wrote under these names.
 */
export function allowedHeaders(admission: Allowed): readonly string[] {
  let headers = cached.get(admission.actor);
  if (!headers) {
    headers = [
      ...flat(ALWAYS),
      "Content-Length",
      "0",
      ...identityHeaders(admission),
      ...flat(admissionHeaders({ ...admission, allowances: [] }, [])),
    ];
    cached.set(admission.actor, headers);
  }
  if (admission.allowances.length === 0) return headers;
  return [...headers, ...flat(allowanceHeaders(admission.allowances))];
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
