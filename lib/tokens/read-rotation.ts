import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, members, secretUses, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { TokenRow } from "./token-row";

/** By whom a secret was used last, and when. */
export interface SecretUse {
  at: Date;
  ip: string | null;
  agent: string | null;
}

/** A token's secrets, each by the last four characters of it. */
export interface TokenSecrets {
  current: { lastFour: string; since: Date; use: SecretUse | null };
  /** Waits for its first use. */
  pending: { lastFour: string; at: Date; by: string | null; overlapDays: number; expiresAt: Date | null } | null;
  /** Goes on until its end. `knownAt` is the instant up to which its uses are written down for certain. */
  previous: { lastFour: string; endsAt: Date; use: SecretUse | null; knownAt: Date } | null;
}

/** A last use is written down within this time. */
const WRITTEN_AFTER_MS = 60_000;

/** The secrets of a token that was rotated; null for one with the secret of its creation alone. `token` is one that the actor sees. */
export async function readRotation(
  db: Db,
  actor: Actor,
  token: Pick<TokenRow, "id" | "status" | "rotation">,
  now: Date,
): Promise<TokenSecrets | null> {
  if (token.status !== "active") return null;
  const isToken = and(eq(apiTokens.organizationId, actor.organizationId), eq(apiTokens.id, token.id));
  const [row] = await db
    .select({
      lastFour: apiTokens.lastFour,
      createdAt: apiTokens.createdAt,
      rotatedAt: apiTokens.rotatedAt,
      usedAt: apiTokens.lastUsedAt,
      usedIp: sql<string | null>`host(${apiTokens.lastUsedIp})`,
      usedAgent: apiTokens.lastUsedAgent,
      pendingLastFour: apiTokens.pendingLastFour,
      pendingAt: apiTokens.pendingAt,
      pendingBy: users.name,
      pendingOverlapDays: apiTokens.pendingOverlapDays,
      pendingExpiresAt: apiTokens.pendingExpiresAt,
      previousLastFour: apiTokens.previousLastFour,
    })
    .from(apiTokens)
    .leftJoin(members, and(eq(members.organizationId, apiTokens.organizationId), eq(members.id, apiTokens.pendingBy)))
    .leftJoin(users, eq(users.id, members.userId))
    .where(isToken);
  if (!row || (!token.rotation && !row.rotatedAt)) return null;
  const uses = await db
    .select({
      secret: secretUses.secret,
      at: secretUses.at,
      ip: sql<string | null>`host(${secretUses.ip})`,
      agent: secretUses.agent,
    })
    .from(secretUses)
    .where(and(eq(secretUses.organizationId, actor.organizationId), eq(secretUses.tokenId, token.id)));
  const lastUseOf = (of: "current" | "previous"): SecretUse | null => {
    const use = uses.find(({ secret }) => secret === of);
    return use ? { at: use.at, ip: use.ip, agent: use.agent } : null;
  };
  const endsAt = token.rotation?.previousEndsAt;
  const last = row.usedAt && { at: row.usedAt, ip: row.usedIp, agent: row.usedAgent };
  const current = lastUseOf("current");
  return {
    current: {
      lastFour: row.lastFour,
      since: row.rotatedAt ?? row.createdAt,
      // While two work, the last use of the token may be that of either.
      use: endsAt || (current && last && current.at > last.at) ? current : (last ?? current),
    },
    pending:
      token.rotation?.waitingSince && row.pendingAt && row.pendingLastFour && row.pendingOverlapDays !== null
        ? {
            lastFour: row.pendingLastFour,
            at: row.pendingAt,
            by: row.pendingBy,
            overlapDays: row.pendingOverlapDays,
            expiresAt: row.pendingExpiresAt,
          }
        : null,
    previous:
      endsAt && row.previousLastFour
        ? {
            lastFour: row.previousLastFour,
            endsAt,
            use: lastUseOf("previous"),
            knownAt: new Date(now.getTime() - WRITTEN_AFTER_MS),
          }
        : null,
  };
}
