import { and, desc, eq, inArray } from "drizzle-orm";
import { apiTokens, auditEvents, members, users } from "@/db/schema";
import { type Actor, isAdministrator } from "@/lib/access/actor";
import type { AuditAction } from "@/lib/audit/audit-sentence";
import { API_LOGIN } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import type { TokenRules } from "./load-rules";
import { visibleCondition } from "./read-tokens";
import type { TokenPolicy } from "./token-policy";
import type { TokenRow } from "./token-row";

/** Events that a token's page shows, latest first. */
const EVENTS_SHOWN = 50;

export interface TokenEvent {
  id: string;
  at: Date;
  action: AuditAction;
  /** Who did it; null for Latchkey itself. */
  actor: { id: string; name: string } | null;
  /** The token that acted on its issuer's behalf; null where a person acted. Without a name where the reader does not see it. */
  through: { id: string; name: string | null } | null;
  /** A person acted through an API login. */
  throughApi: boolean;
  details: Record<string, unknown>;
  /** Null where it is not known, and where somebody else did it and the reader is no administrator. */
  ip: string | null;
}

/** The history of a token of which is known that the actor sees it, latest first. */
export async function readTokenEvents(
  actor: Actor,
  { id }: Pick<TokenRow, "id">,
  { policy }: TokenRules,
  ctx: Context,
): Promise<TokenEvent[]> {
  const rows = await ctx.db
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      action: auditEvents.action,
      details: auditEvents.details,
      ip: auditEvents.ip,
      memberId: auditEvents.actorMemberId,
      tokenId: auditEvents.actorTokenId,
      name: users.name,
    })
    .from(auditEvents)
    .leftJoin(
      members,
      and(eq(members.organizationId, auditEvents.organizationId), eq(members.id, auditEvents.actorMemberId)),
    )
    .leftJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(auditEvents.organizationId, actor.organizationId),
        eq(auditEvents.subjectKind, "token"),
        eq(auditEvents.subjectId, id),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(EVENTS_SHOWN);
  const tokens = [...new Set(rows.flatMap(({ tokenId }) => tokenId ?? []))];
  const named = tokens.length === 0 ? [] : await namesOf(actor, tokens, policy, ctx);
  return rows.map(({ memberId, tokenId, name, action, ip, details: { [API_LOGIN]: login, ...details }, ...event }) => ({
    ...event,
    details,
    throughApi: login !== undefined,
    ip: memberId === actor.memberId || isAdministrator(actor) ? ip : null,
    action: action as AuditAction,
    actor: memberId ? { id: memberId, name: name ?? "A former member" } : null,
    through: tokenId ? { id: tokenId, name: named.find((token) => token.id === tokenId)?.name ?? null } : null,
  }));
}

/** The names of those tokens that the actor sees. */
const namesOf = (actor: Actor, ids: string[], policy: TokenPolicy, { db }: Context) =>
  db
    .select({ id: apiTokens.id, name: apiTokens.name })
    .from(apiTokens)
    .where(and(visibleCondition(actor, policy), inArray(apiTokens.id, ids)));
