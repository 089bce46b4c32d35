import type { Actor } from "@/lib/access/actor";
import { isSubset, type Permission } from "@/lib/access/permission";
import { PROBLEMS } from "@/lib/http/problem";
import type { PlainToken } from "@/lib/tokens/token-secret";
import type { Allowance, CallLimits } from "./call-limits";
import { CheckCounts } from "./check-counts";
import {
  type AccessTokenFacts,
  type Allowed,
  ANSWERS,
  type KnownToken,
  type Verification,
  type VerifiedToken,
} from "./outcome";
import type { RefusedCaller, RefusedCalls, SentRequest } from "./refused-calls";
import type { TakeUp } from "./take-up";
import type { Usage } from "./usage";
import type { UsageOutcome } from "./usage-counts";
import type { Verify } from "./verify";

/** A call that asks to be let in. */
export interface Call {
  credential: PlainToken;
  /** What the token must be allowed, all of it; empty where every working token is welcome. */
  permissions: readonly Permission[];
  /** Whom an access token must be for, beside being for one of those that are let in here at all; any of these where null. */
  audiences?: readonly string[] | null;
  /** Where it came from, as far as that can be trusted; null where nothing is known. */
  ip: string | null;
  /** Its `User-Agent`, as sent. */
  agent: string | null;
  /** For the one event that a call can make, by being the first one with a new secret. */
  requestId: string | null;
  /** The request itself, of which method and path are read where it is refused. */
  request?: SentRequest;
}

/** Why a call is not let in: codes of `PROBLEMS`, closed. */
export type AdmissionRefusal =
  | (typeof ANSWERS)[keyof typeof ANSWERS]
  | "address_not_allowed"
  | "rate_limited"
  | "insufficient_scope";

export interface Admitted {
  readonly ok: true;
  readonly actor: Actor;
  readonly token: VerifiedToken;
  readonly allowances: readonly Allowance[];
  /** Whom it is for, where it is an access token. */
  readonly audience: string | null;
}

export interface Refused<Code extends AdmissionRefusal = AdmissionRefusal> {
  readonly ok: false;
  readonly code: Code;
  /** The token, where its secret was right and it lives. */
  readonly token: VerifiedToken | null;
  readonly allowances: readonly Allowance[];
  /** Seconds after which to try again, where that would help. */
  readonly retryAfter: number | null;
}

export type Admission = Admitted | Refused;

/** What a working token may be refused for. */
type HeldTo = "address_not_allowed" | "rate_limited" | "insufficient_scope" | "unavailable";

/** At once where the answer is in memory. Whatever is no answer to a credential is thrown. */
export type Admit = (call: Call) => Admission | Promise<Admission>;

export interface AdmitParts {
  verify: Verify;
  usage: Pick<Usage, "record">;
  limits: CallLimits;
  counts?: CheckCounts;
  takeUp: TakeUp;
  /** Whom an access token must be for to be let in here. */
  audiences?: readonly string[];
  /** Told of each refused call of a known token. */
  refusals?: Pick<RefusedCalls, "record">;
}

const NOBODY: Pick<RefusedCalls, "record"> = { record: () => {} };

const NO_ALLOWANCES: readonly Allowance[] = Object.freeze([]);

const plainly = <Code extends AdmissionRefusal>(code: Code): Refused<Code> =>
  Object.freeze({ ok: false, code, token: null, allowances: NO_ALLOWANCES, retryAfter: null });

/** Each refusal of a credential is one and the same object, so that nothing of its reason can get out. */
const PLAINLY = {
  invalid_token: plainly("invalid_token"),
  client_secret_not_accepted: plainly("client_secret_not_accepted"),
  unavailable: plainly("unavailable"),
};

const callerOf = ({ organizationId, tokenId, loginOf }: KnownToken): RefusedCaller =>
  loginOf === undefined ? { organizationId, tokenId } : { organizationId, memberId: loginOf };

/** What whoever asks why is told of an access token: what it was made for, and when. */
const madeFor = ({ scope, issuedAt }: AccessTokenFacts) => ({
  access: { scope: scope.split(" ").filter(Boolean), issuedAt },
});

/**
 * The whole check of one call, for every server that lets tokens in: the token, then from where it is used, then how
 * often, then whether it may do this; and the call is counted.
 */
export function createAdmit({
  verify,
  usage,
  limits,
  counts = new CheckCounts(),
  takeUp,
  refusals = NOBODY,
  audiences = [],
}: AdmitParts): Admit {
  return (call) => {
    const begun = counts.begin();
    const verification = verify(call.credential, call.ip);
    if (verification instanceof Promise) return decideLater(verification, call);
    const admission = decideAndCount(verification, call);
    if (begun !== 0) counts.fromMemory.add((performance.now() - begun) / 1000);
    return admission;
  };

  async function decideLater(verification: Promise<Verification>, call: Call): Promise<Admission> {
    const begun = performance.now();
    try {
      const found = await verification;
      const usable = found.outcome === "allowed" && found.waiting ? await firstUse(found, call) : found;
      const admission = decideAndCount(usable, call);
      counts.afterLookup.add((performance.now() - begun) / 1000);
      return admission;
    } catch (error) {
      counts.outcomes.failed++;
      throw error;
    }
  }

  /** A call from where the token may not be used takes nothing up: it is refused. */
  async function firstUse(found: Allowed, call: Call): Promise<Verification> {
    if (found.bounds.networks !== null && !found.bounds.networks(call.ip)) return found;
    const { credential, ip, agent, requestId } = call;
    return takeUp(found, { ip, agent, requestId, again: () => verify(credential, ip) });
  }

  function decideAndCount(verification: Verification, call: Call): Admission {
    if (verification.outcome !== "allowed") {
      counts.outcomes[verification.outcome]++;
      return refuse(verification, call);
    }
    if (verification.access && !isFor(verification.access.audience, call)) {
      counts.outcomes.unknown++;
      return PLAINLY.invalid_token;
    }
    const admission = decide(verification, call);
    counts.outcomes[admission.ok ? "allowed" : admission.code]++;
    if (verification.stale) counts.stale++;
    return admission;
  }

  function isFor(audience: string, call: Call): boolean {
    return audiences.includes(audience) && (call.audiences ?? audiences).includes(audience);
  }

  // No function is made in here for one call: that would cost more than all the rest.
  function count(known: KnownToken, outcome: UsageOutcome, { ip, agent }: Call): void {
    const { organizationId, tokenId, secret, loginOf } = known;
    if (loginOf !== undefined) return;
    usage.record({ organizationId, tokenId, secret, outcome, ip, agent });
  }

  function tell({ known, access }: Allowed, call: Call, code: HeldTo, facts: Record<string, unknown>): void {
    const { status } = PROBLEMS[code];
    refusals.record(callerOf(known), call, {
      code,
      status,
      facts: { needed: call.permissions, ...(access && madeFor(access)), ...facts },
    });
  }

  function refuse(verification: Exclude<Verification, Allowed>, call: Call): Refused {
    if (verification.outcome === "too_many_misses") {
      const { outcome: code, retryAfter } = verification;
      return { ok: false, code, token: null, allowances: NO_ALLOWANCES, retryAfter };
    }
    if ("known" in verification) {
      count(verification.known, "refused", call);
      const { status } = PROBLEMS[ANSWERS[verification.outcome]];
      refusals.record(callerOf(verification.known), call, {
        code: verification.outcome,
        status,
        facts: { needed: call.permissions, ...(verification.known.byAccessToken && { access: {} }) },
      });
    }
    return PLAINLY[ANSWERS[verification.outcome]];
  }

  /** What a working token is held to, call by call. */
  function decide(verification: Allowed, call: Call): Admitted | Refused<HeldTo> {
    const { actor, token, bounds, known } = verification;
    if (bounds.networks !== null && !bounds.networks(call.ip)) {
      count(known, "refused", call);
      tell(verification, call, "address_not_allowed", { address: call.ip, ...bounds.blocks });
      return { ok: false, code: "address_not_allowed", token, allowances: NO_ALLOWANCES, retryAfter: null };
    }
    const { allowances, over } = limits.take(known, bounds);
    if (over) {
      count(known, "refused", call);
      tell(verification, call, "rate_limited", { of: over.of, limit: over.limit });
      return { ok: false, code: "rate_limited", token, allowances, retryAfter: over.reset };
    }
    if (!isSubset(call.permissions, actor.permissions)) {
      // It may well have them; that cannot be known now.
      if (verification.stale) return PLAINLY.unavailable;
      count(known, "forbidden", call);
      const missing = call.permissions.filter((permission) => !actor.permissions.has(permission));
      tell(verification, call, "insufficient_scope", { missing });
      return { ok: false, code: "insufficient_scope", token, allowances, retryAfter: null };
    }
    count(known, "allowed", call);
    return { ok: true, actor, token, allowances, audience: verification.access?.audience ?? null };
  }
}
