import type { HashedToken } from "@/lib/tokens/token-secret";
import type { AllowedToken, KnownToken, Verification, VerifiedToken } from "./outcome";
import type { TokenRecord } from "./token-record";

/** A secret of a token beside its current one. */
export interface OtherSecret {
  readonly hash: HashedToken;
  readonly pepperId: string;
  /** What whoever holds it hears. */
  readonly answer: Verification;
  /** On the monotonic clock, in milliseconds: it is none of the token's from then on. */
  readonly overAt: number;
}

export interface SecretAnswers {
  /** What whoever holds the current secret hears. */
  answer: Verification;
  /** Null where the token has no other secret, which is nearly always. */
  others: readonly OtherSecret[] | null;
}

/**
 * The answers to each secret of a token, from that to a right one. `at` is when its record was asked for: the end of the
 * previous secret comes early by as much as the reading took.
 */
export function answersOf(record: TokenRecord, answer: Verification, at: number): SecretAnswers {
  const { pending_hash, pending_pepper_id, previous_hash, previous_pepper_id, previous_ends_at } = record;
  const others: OtherSecret[] = [];
  let current = answer;
  if (pending_hash !== null && pending_pepper_id !== null) {
    others.push({
      hash: pending_hash,
      pepperId: pending_pepper_id,
      overAt: Number.POSITIVE_INFINITY,
      // Nobody is let in by it before it is the current one, which is one more.
      answer: where(answer, (allowed) => ({
        ...allowed,
        token: ofGeneration(allowed, record.secret_generation + 1),
        waiting: { tokenId: record.id, hash: pending_hash },
      })),
    });
  }
  if (
    previous_hash !== null &&
    previous_pepper_id !== null &&
    previous_ends_at !== null &&
    previous_ends_at > record.now
  ) {
    current = where(answer, (allowed) => ({ ...allowed, known: knownBy(record, "current") }));
    others.push({
      hash: previous_hash,
      pepperId: previous_pepper_id,
      overAt: at + (previous_ends_at - record.now),
      answer: where(answer, (allowed) => ({
        ...superseded({ ...allowed, token: ofGeneration(allowed, record.secret_generation - 1) }, previous_ends_at),
        known: knownBy(record, "previous"),
      })),
    });
  }
  return { answer: current, others: others.length > 0 ? others : null };
}

/** The answer with what it says of a token that works changed, be it let in or a client that exchanges its secret. */
function where(answer: Verification, change: (allowed: AllowedToken) => AllowedToken): Verification {
  if (answer.outcome === "client_secret") {
    const client = Object.freeze(change(answer.client));
    return Object.freeze({ ...answer, known: client.known, client });
  }
  return answer.outcome === "allowed" && isToken(answer) ? Object.freeze(change(answer)) : answer;
}

const isToken = (answer: { actor: { kind: string } }): answer is AllowedToken => answer.actor.kind === "token";

const ofGeneration = ({ token }: AllowedToken, secretGeneration: number): VerifiedToken =>
  Object.freeze({ ...token, secretGeneration });

/** As it is for whoever came by a secret that another has replaced, until that ends. */
export const superseded = (allowed: AllowedToken, endsAt: number): AllowedToken => ({
  ...allowed,
  actor: Object.freeze({ ...allowed.actor, superseded: true as const }),
  token: Object.freeze({ ...allowed.token, expiresAt: Math.min(endsAt, allowed.token.expiresAt ?? endsAt) }),
});

const knownBy = ({ organization_id, id }: TokenRecord, secret: KnownToken["secret"]): KnownToken =>
  Object.freeze({ organizationId: organization_id, tokenId: id, secret });
