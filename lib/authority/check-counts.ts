import type { AdmissionRefusal } from "./admit";
import { Durations } from "./durations";
import type { VerificationOutcome } from "./outcome";

/** What a check can come to, each in its own words: unlike callers, whoever runs the installation may know. */
export type CheckOutcome =
  | VerificationOutcome
  | Exclude<AdmissionRefusal, "invalid_token" | "client_secret_not_accepted">
  /** Something was thrown that is no answer. */
  | "failed";

/** Of calls that are answered from memory, one in so many is timed: reading the clock costs as much as a part of the check. */
export const TIMED_EVERY = 64;

const MEMORY_SECONDS = [1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 1e-3, 1e-2];
const LOOKUP_SECONDS = [2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

/** What the checks of one process came to, in plain numbers, so that counting costs next to nothing. */
export class CheckCounts {
  readonly outcomes: Record<CheckOutcome, number> = {
    allowed: 0,
    malformed: 0,
    unknown: 0,
    wrong_secret: 0,
    expired: 0,
    deleted: 0,
    issuer_deactivated: 0,
    tokens_disabled: 0,
    client_secret: 0,
    address_not_allowed: 0,
    rate_limited: 0,
    too_many_misses: 0,
    insufficient_scope: 0,
    unavailable: 0,
    failed: 0,
  };
  /** Let in, or refused for what it may, by a reading that nobody could renew. */
  stale = 0;
  /** Found in memory: a token, or that there is none. */
  hits = 0;
  unknownHits = 0;
  /** Not in memory: asked of the database, or together with a call that had asked already. */
  misses = 0;
  joined = 0;
  /** Whole checks: a sample of those from memory, and all of those that had to wait. */
  readonly fromMemory = new Durations(MEMORY_SECONDS);
  readonly afterLookup = new Durations(LOOKUP_SECONDS);
  /** Statements that look tokens up, each for all that wait for it. */
  readonly lookups = new Durations(LOOKUP_SECONDS);
  #untimed = 0;

  /** The clock in milliseconds where this call is to be timed, otherwise 0. */
  begin(): number {
    if (++this.#untimed < TIMED_EVERY) return 0;
    this.#untimed = 0;
    return performance.now();
  }
}
