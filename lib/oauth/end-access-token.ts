import { revokedAccessTokens } from "@/db/schema";
import type { ActingAccessToken, Actor } from "@/lib/access/actor";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";

/** Takes one access token back, that of a client or of an API login, and nothing of what it came from. */
export async function endAccessToken(
  actor: Actor,
  { id, expiresAt }: ActingAccessToken,
  ctx: Context,
): Promise<{ id: string; deletedAt: Date }> {
  const { organizationId } = actor;
  await ctx.db.transaction(async (tx) => {
    const revoked = await tx
      .insert(revokedAccessTokens)
      .values({ organizationId, id, revokedAt: ctx.now, expiresAt: new Date(expiresAt) })
      .onConflictDoNothing()
      .returning({ id: revokedAccessTokens.id });
    if (revoked.length > 0) await recordAudit(tx, actor, { organizationId, ...eventOf(actor) }, ctx);
  });
  return { id, deletedAt: ctx.now };
}

function eventOf(actor: Actor) {
  if (actor.kind === "token") {
    return { action: "token.access_ended", subject: { kind: "token", id: actor.tokenId } } as const;
  }
  if (!actor.loginId) throw new Error("the access token is of no API login");
  return { action: "session.api_token_ended", subject: { kind: "session", id: actor.loginId } } as const;
}
