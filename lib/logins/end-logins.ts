import { and, desc, eq, exists, gt, inArray, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { apiLogins, members, refreshTokens } from "@/db/schema";
import { recordAudits } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { LOGINS_AT_MOST } from "./login-life";
import type { HeldRefreshToken } from "./refresh-tokens";

/** At least one: without any, everybody's would end. */
export type LoginConditions = [SQL, ...SQL[]];

type EndedBy = NonNullable<(typeof apiLogins.$inferSelect)["endedBy"]>;

/**
 * Ends the live API logins that meet all conditions, and says how many: their access tokens are refused at the next check,
 * their refresh tokens at once. Each ending is an event by the member whose login it was, but for those that follow from a
 * deactivation, which has its own.
 */
export async function endLogins(
  tx: Tx,
  which: LoginConditions,
  endedBy: Exclude<EndedBy, "reuse">,
  ctx: Pick<Context, "now" | "origin">,
): Promise<number> {
  const ended = await tx
    .update(apiLogins)
    .set({ endedAt: ctx.now, endedBy })
    .where(and(isNull(apiLogins.endedAt), gt(apiLogins.expiresAt, ctx.now), ...which))
    .returning({ organizationId: apiLogins.organizationId, id: apiLogins.id, memberId: apiLogins.memberId });
  if (endedBy === "deactivated") return ended.length;
  const details = endedBy === "limit" ? { made_room_for: "a newer one" } : {};
  for (const { organizationId, id, memberId } of ended) {
    const event = { organizationId, action: "session.api_ended", subject: { kind: "session", id }, details } as const;
    await recordAudits(tx, { kind: "member", memberId }, [event], ctx);
  }
  return ended.length;
}

/** Those of a person in every organization, for who signs out everywhere. */
export const loginsOf = (tx: Tx, userId: string): SQL =>
  exists(
    tx
      .select({ id: members.id })
      .from(members)
      .where(
        and(
          eq(members.organizationId, apiLogins.organizationId),
          eq(members.id, apiLogins.memberId),
          eq(members.userId, userId),
        ),
      ),
  );

/** Makes room for one more login of a member: the oldest of those beyond the bound end. */
export async function makeRoomForLogin(
  tx: Tx,
  { organizationId, memberId }: { organizationId: string; memberId: string },
  ctx: Pick<Context, "now" | "origin">,
): Promise<void> {
  const beyond = tx
    .select({ id: apiLogins.id })
    .from(apiLogins)
    .where(
      and(
        eq(apiLogins.organizationId, organizationId),
        eq(apiLogins.memberId, memberId),
        isNull(apiLogins.endedAt),
        gt(apiLogins.expiresAt, ctx.now),
      ),
    )
    .orderBy(desc(apiLogins.createdAt), desc(apiLogins.id))
    .offset(LOGINS_AT_MOST - 1);
  await endLogins(tx, [eq(apiLogins.organizationId, organizationId), inArray(apiLogins.id, beyond)], "limit", ctx);
}

/**
 * Ends the login of a refresh token that came a second time. Of the two who have it one should not, and nobody can tell
 * which. Returns whether that was so: of one that is over, or whose login is, nothing follows.
 */
export async function endReusedLogin(
  tx: Tx,
  { organizationId, loginId, id, memberId }: HeldRefreshToken,
  ctx: Pick<Context, "now" | "origin">,
): Promise<boolean> {
  const used = tx
    .select({ id: refreshTokens.id })
    .from(refreshTokens)
    .where(
      and(
        eq(refreshTokens.organizationId, organizationId),
        eq(refreshTokens.loginId, loginId),
        eq(refreshTokens.id, id),
        isNotNull(refreshTokens.usedAt),
        gt(refreshTokens.expiresAt, ctx.now),
      ),
    );
  const ended = await tx
    .update(apiLogins)
    .set({ endedAt: ctx.now, endedBy: "reuse" })
    .where(
      and(
        eq(apiLogins.organizationId, organizationId),
        eq(apiLogins.id, loginId),
        isNull(apiLogins.endedAt),
        exists(used),
      ),
    )
    .returning({ id: apiLogins.id });
  if (ended.length === 0) return false;
  const event = { action: "session.api_reused", subject: { kind: "member", id: memberId }, organizationId } as const;
  await recordAudits(tx, "system", [event], ctx);
  return true;
}
