import { eq } from "drizzle-orm";
import { apiLogins } from "@/db/schema";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { PlainToken } from "@/lib/tokens/token-secret";
import { endLogins } from "./end-logins";
import { findRefreshToken } from "./refresh-tokens";

type Ended = Outcome<{ id: string; endedAt: Date }>;

/** Ends an API login, for whoever showed its access token. */
export async function logOut(
  { organizationId, loginId }: { organizationId: string; loginId: string },
  ctx: Context,
): Promise<Ended> {
  const which = [eq(apiLogins.organizationId, organizationId), eq(apiLogins.id, loginId)] as const;
  const ended = await ctx.db.transaction((tx) => endLogins(tx, [...which], "logout", ctx));
  return ended > 0 ? done({ id: loginId, endedAt: ctx.now }) : refused("refresh_token_invalid");
}

/** The same by a refresh token of the login, also one that was used: nobody gains by an end. */
export async function logOutByRefreshToken(refreshToken: string, ctx: Context): Promise<Ended> {
  const held = await findRefreshToken(ctx.db, new PlainToken(refreshToken));
  return held ? logOut(held, ctx) : refused("refresh_token_invalid");
}
