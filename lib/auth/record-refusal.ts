import type { Actor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import { authority } from "@/lib/authority/authority";
import type { Origin } from "@/lib/context";
import { InvalidCursor } from "@/lib/http/cursor";
import { OAuthError, oauthErrorStatus } from "@/lib/http/oauth-error";
import { PROBLEMS, Problem } from "@/lib/http/problem";
import type { RefusedCode } from "@/lib/refusals/refused-code";
import { holdsToken } from "@/lib/tokens/token-secret";

/** The names of fields are the schema's or the caller's own; those that are none are not kept. */
const FIELD = /^[a-z][a-z0-9_.]{0,59}$/i;
const MOST_FIELDS = 20;

/**
 * Keeps a call that was let in and then refused, by a rule or for its input: with the names of fields and none of their
 * values. What failed on our side is no refusal. Never throws.
 */
export function recordRefusal(
  request: Pick<Request, "method" | "url" | "headers">,
  { actor, permissions, origin }: { actor: Actor; permissions: readonly Permission[]; origin: Origin },
  error: unknown,
): void {
  const found = refusalIn(error);
  if (!found || found.status >= 500) return;
  const { organizationId, memberId } = actor;
  const caller = actor.kind === "token" ? { organizationId, tokenId: actor.tokenId } : { organizationId, memberId };
  const { requestId, ip } = origin;
  const agent = request.headers.get("user-agent");
  const fields = [...new Set(found.fields)].filter(isName);
  const facts = {
    needed: permissions,
    // What it was made for refused nothing: that it was one is enough.
    ...(actor.kind === "token" && actor.accessToken ? { access: {} } : {}),
    ...(fields.length > 0 ? { fields: fields.slice(0, MOST_FIELDS) } : {}),
  };
  authority().refusals.record(
    caller,
    { request, requestId, ip, agent },
    { code: found.code, status: found.status, facts },
  );
}

function refusalIn(error: unknown): { code: RefusedCode; status: number; fields: string[] } | null {
  if (error instanceof InvalidCursor) return refusalIn(new Problem("invalid_cursor"));
  if (error instanceof OAuthError) {
    return { code: error.options.problem ?? error.error, status: oauthErrorStatus(error), fields: [] };
  }
  if (!(error instanceof Problem)) return null;
  const fields = (error.options.errors ?? []).map(({ field }) => field);
  return { code: error.code, status: PROBLEMS[error.code].status, fields };
}

const isName = (field: string) => FIELD.test(field) && !holdsToken(field);
