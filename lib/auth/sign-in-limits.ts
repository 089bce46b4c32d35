import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { RateLimiterDrizzle, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "@/db/client";
import { signInLimits } from "@/db/schema";
import { addressBucket } from "@/lib/authority/client-address";

const WINDOW_SECONDS = 15 * 60;
/** For one account from one address: a stranger cannot use up what its owner has elsewhere. */
export const ACCOUNT_ATTEMPTS = 10;
/** For one account from everywhere together, against guesses that come from many addresses. */
export const ACCOUNT_ATTEMPTS_IN_ALL = 50;
export const ADDRESS_ATTEMPTS = 50;
export const SETUP_ATTEMPTS = 10;
/** Of invitations that are none: whoever holds a link uses none of them up. */
export const INVITATION_ATTEMPTS = 20;

interface Limits {
  account: RateLimiterDrizzle;
  accountInAll: RateLimiterDrizzle;
  address: RateLimiterDrizzle;
  setup: RateLimiterDrizzle;
  invitation: RateLimiterDrizzle;
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
    accountInAll: limiter("account-in-all", ACCOUNT_ATTEMPTS_IN_ALL),
    address: limiter("address", ADDRESS_ATTEMPTS),
    setup: limiter("setup", SETUP_ATTEMPTS),
    invitation: limiter("invitation", INVITATION_ATTEMPTS),
  };
  made.set(db, limits);
  return limits;
}

/** `succeeded` forgets the failures of the account; `notMade` takes the attempt back, where nothing was checked. */
export type Attempt =
  | { ok: true; succeeded: () => Promise<void>; notMade: () => Promise<void> }
  | { ok: false; retryAfterSeconds: number };

/**
 * Counts an attempt before it is made, so that a hundred at once get no more guesses than one after another. An account
 * counts by what was typed, whether or not it exists.
 */
export async function signInAttempt(db: Db, email: string, ip: string | null): Promise<Attempt> {
  const limits = limitsOn(db);
  const address = bucketOf(ip);
  // A locked address is told so before it can use up the attempts of an account.
  const locked = await consume(limits.address, address);
  if (locked) return { ok: false, retryAfterSeconds: locked };
  const folded = await foldedAsLookedUp(db, email);
  const account = digest(folded);
  const accountHere = digest(`${folded} ${address}`);
  const wait = (await consume(limits.account, accountHere)) ?? (await consume(limits.accountInAll, account));
  if (wait) return { ok: false, retryAfterSeconds: wait };
  return {
    ok: true,
    succeeded: async () => {
      await limits.account.delete(accountHere);
      await limits.accountInAll.delete(account);
      await limits.address.reward(address);
    },
    notMade: async () => {
      await limits.account.reward(accountHere);
      await limits.accountInAll.reward(account);
      await limits.address.reward(address);
    },
  };
}

/** The table learns no addresses, nor the passwords that people type into the wrong field. */
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

const bucketOf = (ip: string | null) => (ip ? addressBucket(ip) : "unknown");

/** Small letters by PostgreSQL's rules, as the look-up has them: whatever finds one account shares one counter. */
async function foldedAsLookedUp(db: Db, email: string): Promise<string> {
  const [row] = await db.execute<{ folded: string }>(sql`select lower(${email}::text) as folded`);
  if (!row) throw new Error("the database folded nothing");
  return row.folded;
}

/** Counts a try of the setup code by address. Returns the seconds to wait, or null where it may be made. */
export function setupAttempt(db: Db, ip: string | null): Promise<number | null> {
  return consume(limitsOn(db).setup, bucketOf(ip));
}

/** Takes a try of the setup code back, where nothing was checked. */
export async function setupNotMade(db: Db, ip: string | null): Promise<void> {
  await limitsOn(db).setup.reward(bucketOf(ip));
}

/** Counts a try of an invitation's code by address. Returns the seconds to wait, or null where it may be made. */
export function invitationAttempt(db: Db, ip: string | null): Promise<number | null> {
  return consume(limitsOn(db).invitation, bucketOf(ip));
}

/** Takes a try of an invitation's code back, where the code was right or nothing was checked. */
export async function invitationHeld(db: Db, ip: string | null): Promise<void> {
  await limitsOn(db).invitation.reward(bucketOf(ip));
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
