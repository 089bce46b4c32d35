import type { KnownToken, TokenBounds } from "./outcome";

/** What is left of one limit after a call. */
export interface Allowance {
  /** Whose limit it is. */
  readonly of: "token" | "organization";
  /** Calls a minute. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until more is left, at least 1. */
  readonly reset: number;
}

/** The limits that a call was held to; `over` is the one that it exceeds. */
export interface LimitedCall {
  readonly allowances: readonly Allowance[];
  readonly over: Allowance | null;
}

const MINUTE = 60_000;
const NONE: LimitedCall = { allowances: [], over: null };

/** Counts calls by the minute, for tokens and organizations that have a limit; nothing is kept of others. */
export class CallLimits {
  readonly #now: () => number;
  #minute = 0;
  #calls = new Map<string, number>();

  constructor({ now = Date.now }: { now?: () => number } = {}) {
    this.#now = now;
  }

  /** Counts a call, unless it exceeds a limit: what is refused uses nothing up. */
  take({ tokenId, organizationId }: KnownToken, { callsPerToken, callsPerOrganization }: TokenBounds): LimitedCall {
    if (callsPerToken === null && callsPerOrganization === null) return NONE;
    const now = this.#now();
    const minute = Math.floor(now / MINUTE);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#calls = new Map();
    }
    const reset = Math.ceil((MINUTE - (now % MINUTE)) / 1000);
    const allowances: Allowance[] = [];
    const counted: [subject: string, calls: number][] = [];
    const hold = (of: Allowance["of"], subject: string, limit: number | null) => {
      if (limit === null) return;
      const calls = this.#calls.get(subject) ?? 0;
      counted.push([subject, calls + 1]);
      allowances.push({ of, limit, remaining: limit - calls - 1, reset });
    };
    hold("token", tokenId, callsPerToken);
    hold("organization", organizationId, callsPerOrganization);
    const over = allowances.find(({ remaining }) => remaining < 0) ?? null;
    if (!over) for (const [subject, calls] of counted) this.#calls.set(subject, calls);
    return { allowances: allowances.map((one) => ({ ...one, remaining: Math.max(0, one.remaining) })), over };
  }
}
