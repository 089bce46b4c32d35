import { createHash } from "node:crypto";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { signInLimits } from "@/db/schema";
import { addressBucket } from "./client-address";

const WINDOW_SECONDS = 15 * 60;
export const ACCOUNT_ATTEMPTS = 10;
export const ADDRESS_ATTEMPTS = 50;
export const SETUP_ATTEMPTS = 10;

interface Limits {
  account: RateLimiterDrizzle;
  address: RateLimiterDrizzle;
  setup: RateLimiterDrizzle;
}

const made = new WeakMap<Db, Limits>();

function limitsOn(db: Db): Limits {
  const known = made.get(db);
  if (known) return known;
  const limiter = (keyPrefix: string, points: number, clearExpiredByTimeout = false) =>
    new RateLimiterDrizzle({
      storeClient: db,
      schema: signInLimits,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
      clearExpiredByTimeout,
    });
  const limits = {
    // One of them sweeps the table they share.
    account: limiter("account", ACCOUNT_ATTEMPTS, true),
    address: limiter("address", ADDRESS_ATTEMPTS),
    setup: limiter("setup", SETUP_ATTEMPTS),
  };
  made.set(db, limits);
  return limits;
}

export type Attempt = { ok: true; succeeded: () => Promise<void> } | { ok: false; retryAfterSeconds: number };

/**
 * Counts an attempt before it is made, so that a hundred at once get no more guesses than one after another. An account
 * counts by what was typed, whether or not it exists. `succeeded` forgets the failures of the account.
 */
export async function signInAttempt(db: Db, email: string, ip: string | null): Promise<Attempt> {
  const limits = limitsOn(db);
  // The table learns no addresses, nor the passwords that people type into the wrong field.
  const account = createHash("sha256").update(email.toLowerCase()).digest("base64url");
  const address = ip && addressBucket(ip);
  // A locked address is told so before it can use up the attempts of an account.
  const wait = (address && (await consume(limits.address, address))) || (await consume(limits.account, account));
  if (wait) return { ok: false, retryAfterSeconds: wait };
  return {
    ok: true,
    succeeded: async () => {
      await limits.account.delete(account);
      if (address) await limits.address.reward(address);
    },
  };
}

/** Counts a try of the setup code by address. Returns the seconds to wait, or null where it may be made. */
export function setupAttempt(db: Db, ip: string | null): Promise<number | null> {
  return consume(limitsOn(db).setup, ip ? addressBucket(ip) : "unknown");
}

async function consume(limiter: RateLimiterDrizzle, key: string): Promise<number | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (error) {
    if (error instanceof RateLimiterRes) return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw error;
  }
}
