import { and, eq, exists, gt, isNull, lte, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { apiLogins, members, organizations, passwords, refreshTokens } from "@/db/schema";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { PlainToken } from "@/lib/tokens/token-secret";
import { endReusedLogin } from "./end-logins";
import type { refreshInput } from "./login-input";
import { LOGIN_LONGEST, REFRESH_LIFE } from "./login-life";
import { AccessTokenTooLong, giveLoginTokens, type LoginTokens } from "./login-tokens";
import { readLoginMember } from "./read-login-member";
import { findRefreshToken, type HeldRefreshToken, refreshableAgainAt } from "./refresh-tokens";

/** The next pair, or the one refusal; `endedLogin` where the token had been used, which ended its login. */
type Refreshed = Outcome<LoginTokens> & { endedLogin?: true };

/** The login was refreshed so often that it has to wait. Thrown, so that nothing of the transaction stays. */
class RefreshedTooOften extends Error {
  override name = "RefreshedTooOften";

  constructor(readonly until: Date) {
    super();
  }
}

/**
 * Exchanges a refresh token for the next pair, once. Unknown, over, used and ended are one refusal in the same words. Who
 * sends one again that was used ends the whole login. One by which a person may do too much by now for an access token, or
 * one refresh too many within a day would happen, stays unused.
 */
export async function refreshLogin({ refresh_token }: z.output<typeof refreshInput>, ctx: Context): Promise<Refreshed> {
  const held = await findRefreshToken(ctx.db, new PlainToken(refresh_token));
  // Of a login that was ended nothing follows any more, so that asking for it costs no more than this look.
  if (!held || held.loginEndedAt) return refused("refresh_token_invalid");
  try {
    const next = await ctx.db.transaction((tx) => useOnce(tx, held, ctx));
    if (next) return done(next);
  } catch (error) {
    if (error instanceof AccessTokenTooLong) return refused("scope_too_long", "scope");
    if (error instanceof RefreshedTooOften) {
      const retryAfterSeconds = Math.ceil((error.until.getTime() - ctx.now.getTime()) / 1000);
      return { ok: false, refusal: { code: "too_many_refreshes", retryAfterSeconds } };
    }
    throw error;
  }
  const ended = await ctx.db.transaction((tx) => endReusedLogin(tx, held, ctx));
  return { ...refused("refresh_token_invalid"), ...(ended ? { endedLogin: true } : {}) };
}

/** Null where the token cannot be used. Of any number at once one statement lets one through. */
async function useOnce(tx: Tx, held: HeldRefreshToken, ctx: Context): Promise<LoginTokens | null> {
  const { organizationId, loginId, id } = held;
  const used = await tx
    .update(refreshTokens)
    .set({ usedAt: ctx.now })
    .where(
      and(
        eq(refreshTokens.organizationId, organizationId),
        eq(refreshTokens.loginId, loginId),
        eq(refreshTokens.id, id),
        isNull(refreshTokens.usedAt),
        gt(refreshTokens.expiresAt, ctx.now),
        mayGoOn(tx, held, ctx.now),
      ),
    )
    .returning({ id: refreshTokens.id });
  if (used.length === 0) return null;
  const longest = sql`${apiLogins.createdAt} + ${`${LOGIN_LONGEST} milliseconds`}::interval`;
  const [login] = await tx
    .update(apiLogins)
    .set({
      lastSeenAt: ctx.now,
      expiresAt: sql`least(${new Date(ctx.now.getTime() + REFRESH_LIFE).toISOString()}::timestamptz, ${longest})`,
      ...(ctx.origin.ip ? { ip: ctx.origin.ip } : {}),
    })
    .where(and(eq(apiLogins.organizationId, organizationId), eq(apiLogins.id, loginId), isNull(apiLogins.endedAt)))
    .returning();
  const until = login && (await refreshableAgainAt(tx, held, ctx.now));
  if (until) throw new RefreshedTooOften(until);
  const member = login && (await readLoginMember(tx, login));
  return member ? giveLoginTokens(tx, login, member, ctx) : null;
}

/** That the login lives, its member is active, has the password of then, and the organization has tokens switched on. */
const mayGoOn = (tx: Tx, { organizationId, loginId }: HeldRefreshToken, now: Date) =>
  exists(
    tx
      .select({ id: apiLogins.id })
      .from(apiLogins)
      .innerJoin(members, and(eq(members.organizationId, organizationId), eq(members.id, apiLogins.memberId)))
      .innerJoin(organizations, eq(organizations.id, organizationId))
      .innerJoin(passwords, eq(passwords.userId, members.userId))
      .where(
        and(
          eq(apiLogins.organizationId, organizationId),
          eq(apiLogins.id, loginId),
          isNull(apiLogins.endedAt),
          gt(apiLogins.expiresAt, now),
          eq(members.status, "active"),
          eq(organizations.tokensEnabled, true),
          lte(passwords.updatedAt, apiLogins.createdAt),
        ),
      ),
  );
