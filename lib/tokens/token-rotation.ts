import type { Actor } from "@/lib/access/actor";
import type { Refusal } from "@/lib/refusal";
import { decideIssuer, decideNetworks, type TokenOrganization, type TokenPolicy } from "./token-policy";
import { type Asker, actsAs, decideSecret } from "./token-reach";
import type { TokenRow } from "./token-row";
import { DAY, type TokenStatus } from "./token-status";

/** Days for which an old secret may go on after the new one was first used. */
export const MAX_OVERLAP_DAYS = 7;
export const DEFAULT_OVERLAP_DAYS = 1;

/**
 * Rotations of one token that were asked for within this time, or so soon after the first use of a new secret, are one and
 * the same: the first is done and the others are refused, so that every secret that was shown works. Longer than a crowd of them takes to arrive, shorter than somebody
 * waits for an answer that was lost.
 */
export const SAME_MOMENT_SECONDS = 5;

/** Facts that a rotation is decided by, read under the lock of the token's row. */
export interface RotationFacts {
  token: Pick<TokenRow, "status" | "stopped" | "allowedNetworks" | "locked" | "withheld">;
  organization: TokenOrganization;
  /** The token that asks is the one that is rotated, by its secret. */
  isSelf: boolean;
  /** It asks as itself, by no right to manage tokens. */
  asItself: boolean;
  /** The token asks for itself, by its secret or an access token, and one waits that somebody else asked for. */
  othersWait: boolean;
  /** Seconds until the last rotation is one of before; 0 where there was none just now. */
  settlesIn: number;
  /** Those that the token which acts is bound to; empty where it is to none, or a person acts. */
  actorNetworks: readonly string[];
}

/**
 * Why an actor may not rotate a token now; null where it may. Whoever may delete it may, and a token itself; but the new
 * secret is the actor's to use, so it must allow and show nothing that the actor has not already.
 */
export function decideRotation(actor: Actor, facts: RotationFacts): Refusal | null {
  const { token, organization, isSelf, asItself, othersWait, settlesIn } = facts;
  if (token.status === "deleted") return { code: "already_deleted" };
  if (!asItself && token.locked) return { code: token.locked };
  if (!organization.tokensEnabled) return { code: "tokens_disabled" };
  if (token.status === "expired") return { code: "token_expired" };
  if (token.stopped) return { code: "token_stopped" };
  // Else whoever has a leaked secret could keep the one from coming that is to replace it.
  if (othersWait) return { code: "other_secret_waits" };
  if (!isSelf) {
    const refusal = decideSecret(actor, token.withheld);
    if (refusal) return refusal;
    if (decideNetworks({ allowedNetworks: [] }, token.allowedNetworks, facts.actorNetworks)) {
      return { code: "exceeds_this_token" };
    }
  }
  return settlesIn > 0 ? { code: "rotated_just_now", retryAfterSeconds: settlesIn } : null;
}

/**
 * The expiry that a token has once its new secret is in use: as far away from now as its own was when that was chosen, or as
 * the policy has it now, where the actor might create it anew. Null where it keeps its own, as one does that rotates itself:
 * no token lives on by its own doing.
 */
export function renewedExpiry(
  actor: Asker,
  token: { id: string; createdAt: Date; expirySetAt: Date | null; expiresAt: Date | null },
  { policy, organization }: { policy: TokenPolicy; organization: TokenOrganization },
  now: Date,
): Date | null {
  if (!token.expiresAt || actsAs(actor, token)) return null;
  if (decideIssuer(actor, policy, organization)) return null;
  const length = token.expiresAt.getTime() - (token.expirySetAt ?? token.createdAt).getTime();
  const bound = policy.expiry === "never" || policy.expiryDays === null ? length : policy.expiryDays * DAY;
  const renewed = new Date(now.getTime() + (policy.expiry === "fixed" ? bound : Math.min(length, bound)));
  return renewed > token.expiresAt ? renewed : null;
}

/** Where a token has a second secret: one that waits, or one that goes on for a while. Null where it has one alone. */
export function tokenRotation(
  token: { status: TokenStatus; pendingAt: Date | null; previousEndsAt: Date | null },
  now: Date,
): TokenRow["rotation"] {
  if (token.status !== "active") return null;
  const { pendingAt: waitingSince } = token;
  const previousEndsAt = token.previousEndsAt && token.previousEndsAt > now ? token.previousEndsAt : null;
  return waitingSince || previousEndsAt ? { waitingSince, previousEndsAt } : null;
}
