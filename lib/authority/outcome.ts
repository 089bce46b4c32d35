import type { Actor, TokenActor } from "@/lib/access/actor";
import type { ProblemCode } from "@/lib/http/problem";
import type { HashedToken, TokenKind } from "@/lib/tokens/token-secret";

/** A token that was let in, as far as its own holder may know it: its client where it is a client's access token. */
export interface VerifiedToken {
  readonly id: string;
  /** `login` where a person signed in to the API; `id` is the API login's then. */
  readonly kind: TokenKind | "login";
  readonly prefix: string;
  readonly name: string;
  readonly description: string | null;
  /** In milliseconds since 1970: of a hundred thousand tokens in memory, dates alone would take ten megabytes. */
  readonly createdAt: number;
  /** When what was sent stops working: with the token, or before it where it is an access token or a secret that another has replaced. */
  readonly expiresAt: number | null;
  /** How many secrets the token had before the one that was sent; 0 where a person signed in. */
  readonly secretGeneration: number;
  readonly organization: { readonly id: string; readonly name: string; readonly slug: string };
  readonly issuer: {
    readonly id: string;
    readonly name: string;
    readonly email: string | null;
    readonly role: { readonly id: string; readonly name: string };
  };
  /** Null where the token mirrors its issuer. */
  readonly role: { readonly id: string; readonly name: string } | null;
}

/** What a working token is held to at every call, beside its permissions. */
export interface TokenBounds {
  /** Whether it may be used from an address; null where it may from anywhere. */
  readonly networks: ((address: string | null) => boolean) | null;
  /** The same as CIDR blocks, for whoever asks why: of the policy and of the token; empty for anywhere. */
  readonly blocks?: { readonly policy: readonly string[]; readonly token: readonly string[] };
  /** Calls a minute: of the token, and of all of its organization together; null for no bound. */
  readonly callsPerToken: number | null;
  readonly callsPerOrganization: number | null;
}

/** A token whose secret was right, named for the counts of use. */
export interface KnownToken {
  readonly organizationId: string;
  readonly tokenId: string;
  /** Which secret it was, where two of the token work. */
  readonly secret?: "current" | "previous";
  /** The member whose sign-in it is, where it is no token: nobody counts its use, and what is refused is refused to the member. */
  readonly loginOf?: string;
  /** Where an access token was sent, which may be over while its client or its login is not. */
  readonly byAccessToken?: true;
}

/** Which access tokens are believed. */
export interface AccessTokenRules {
  /** `iss` of all of them. */
  readonly issuer: string;
  /** Whom one must be for to be let in. */
  readonly audiences: readonly string[];
}

/** What an access token says of itself. */
export interface AccessTokenFacts {
  /** `jti`. */
  readonly id: string;
  readonly clientId: string;
  readonly audience: string;
  /** `scope`: what it was made for, whatever its client or person may do now. */
  readonly scope: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** A right secret that waits for its first use. */
export interface WaitingSecret {
  readonly tokenId: string;
  readonly hash: HashedToken;
}

/** Everything that checking a credential can come to, closed. */
export type Verification =
  | {
      outcome: "allowed";
      /** A member where a person signed in to the API. */
      actor: Actor;
      token: VerifiedToken;
      /** The actor itself, as a rule: read its two ids, and never spread it. */
      known: KnownToken;
      bounds: TokenBounds;
      /** Nothing may be let in by it before it was made the token's current secret: see `createTakeUp`. */
      waiting?: WaitingSecret;
      /** The database is away and this is what it last said; what must not go by that is not among the permissions. */
      stale?: true;
      /** Where it is an access token. Whom it is for is not looked at yet: see `createAdmit`. */
      access?: AccessTokenFacts;
    }
  /** The secret was right, but the token is over or its organization or issuer is. */
  | { outcome: "expired" | "deleted" | "issuer_deactivated" | "tokens_disabled"; known: KnownToken }
  /** All is well, but it is half of a client's credentials, to be exchanged and not to be sent; `client` is who exchanges it. */
  | {
      outcome: "client_secret";
      known: KnownToken;
      client: AllowedToken;
      /** When the secret before its current one ends, in milliseconds since 1970; null where that has no overlap. */
      previousEndsAt: number | null;
    }
  | { outcome: "malformed" | "unknown" | "wrong_secret" }
  /** Not looked up, since its address had too many looked up in vain; `retryAfter` in seconds. */
  | { outcome: "too_many_misses"; retryAfter: number }
  | { outcome: "unavailable" };

export type VerificationOutcome = Verification["outcome"];

export type Allowed = Extract<Verification, { outcome: "allowed" }>;

/** One that acts by a token of its own. */
export type AllowedToken = Allowed & { actor: TokenActor };

/** Whether whoever sent it is who they say: its holder is let in, or hears how to use it. */
export const isRight = ({ outcome }: Verification) => outcome === "allowed" || outcome === "client_secret";

/**
 * The answer to each outcome. Whatever is wrong with a credential, its bearer hears the same: which of them it was would
 * tell a finder whether the secret is real. Only who holds a working client secret hears how to use it.
 */
export const ANSWERS = {
  malformed: "invalid_token",
  unknown: "invalid_token",
  wrong_secret: "invalid_token",
  expired: "invalid_token",
  deleted: "invalid_token",
  issuer_deactivated: "invalid_token",
  tokens_disabled: "invalid_token",
  client_secret: "client_secret_not_accepted",
  too_many_misses: "too_many_misses",
  unavailable: "unavailable",
} as const satisfies Record<Exclude<VerificationOutcome, "allowed">, ProblemCode>;
