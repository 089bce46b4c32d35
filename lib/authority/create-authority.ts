import type { Sql } from "postgres";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { AddressMisses } from "./address-misses";
import { type Admit, createAdmit } from "./admit";
import { type AdmitClient, createAdmitClient } from "./admit-client";
import { CallLimits } from "./call-limits";
import { CallSharing } from "./call-sharing";
import { postgresCallStore } from "./call-store";
import { CheckCounts } from "./check-counts";
import { onceASecond } from "./once-a-second";
import type { AccessTokenRules } from "./outcome";
import { Presence } from "./presence";
import { createPromote } from "./promote-secret";
import { redisCallStore } from "./redis-call-store";
import { RefusedCalls } from "./refused-calls";
import { HashRenewal } from "./renew-hashes";
import { RevocationFeed } from "./revocation-feed";
import { StaleReads } from "./stale-reads";
import { createTakeUp, type TakeUp } from "./take-up";
import { TokenCache } from "./token-cache";
import { Usage, type UsageTrouble } from "./usage";
import { createVerify, type Verify } from "./verify";

/** What checks tokens in one process, and counts their use. */
export interface Authority {
  admit: Admit;
  /** The same for a client that shows its ID and secret. */
  admitClient: AdmitClient;
  verify: Verify;
  /** Look-ups in vain by address, for those that are made beside a check. */
  misses: AddressMisses;
  takeUp: TakeUp;
  usage: Usage;
  refusals: RefusedCalls;
  /** Begins to answer from memory. Without it every check asks the database. */
  start(): void;
  /**
   * To be awaited between a change and its answer: returns once this process refuses whatever was revoked before the call.
   * Never rejects.
   */
  catchUp(): Promise<void>;
  /** Writes what is left to write and leaves. Never rejects. */
  close(): Promise<void>;
}

export interface AuthorityParts {
  /** A pool of its own, so that whatever else waits for the database, checks do not. */
  sql: Sql;
  /** The same database, for the connection that listens: directly, since a pooler between would swallow notices. */
  url: string;
  peppers: Peppers;
  accessTokens: AccessTokenRules;
  /** Where instances add their calls up; without it, in the database. */
  redisUrl?: string;
  cache?: TokenCache;
  /** See `StaleReads`. */
  staleSeconds?: number;
  /** The name of this host on receipts. */
  host?: string;
  server?: "app" | "gate";
  onTrouble?: (message: string, error: unknown) => void;
  onUsageTrouble?: (trouble: UsageTrouble) => void;
}

/** What tells how it goes: read by tests and by metrics. */
export interface AuthorityInside {
  feed: RevocationFeed;
  presence: Presence;
  sharing: CallSharing;
  cache: TokenCache;
  counts: CheckCounts;
}

/** Puts the parts together: every process that checks tokens, whichever server it is, does it through one of these. */
export function createAuthority({
  sql,
  url,
  peppers,
  accessTokens,
  redisUrl,
  cache = new TokenCache(),
  staleSeconds = 0,
  host,
  server,
  onTrouble = () => {},
  onUsageTrouble,
}: AuthorityParts): Authority & AuthorityInside {
  const troubleOf = (message: string) => (error: unknown) => onTrouble(message, error);
  const staleReads = new StaleReads(staleSeconds, cache.wall);
  const counts = new CheckCounts();
  const misses = new AddressMisses();
  const usage = new Usage({ sql, onTrouble: onUsageTrouble });
  const refusals = new RefusedCalls({
    sql,
    server,
    // An outage would have it said every second, beside all else that is.
    onTrouble: ({ error, dropped }) =>
      dropped !== undefined && onTrouble("refused calls were not taken by the database and are given up", error),
  });
  const renewal = new HashRenewal({
    sql,
    pepperId: peppers.current.id,
    onTrouble: troubleOf("hashes under a retired pepper could not be renewed and wait for their next use"),
  });
  const presence: Presence = new Presence({
    sql,
    host,
    server,
    staleSeconds,
    position: () => feed.position,
    onTrouble,
  });
  const feed = new RevocationFeed({
    url,
    cache,
    staleReads,
    onConnected: () => presence.register(),
    onDeleted: (sequence) => presence.confirm(sequence),
    onEmptied: (before) => presence.confirmBefore(before),
    onTrouble: troubleOf("the revocation feed is lost: tokens are checked in the database until it is back"),
  });
  const verify = createVerify({
    sql,
    peppers,
    accessTokens,
    cache,
    staleReads,
    misses,
    counts,
    // An outage meets every call; one line a second says as much as a thousand.
    onTrouble: onceASecond(troubleOf("tokens cannot be checked: the database does not answer")),
    onRetiredHash: (retired) => renewal.add(retired),
  });
  const limits: CallLimits = new CallLimits({ onCall: () => sharing.wake() });
  const sharing = new CallSharing({
    limits,
    store: redisUrl ? redisCallStore(redisUrl) : postgresCallStore(url),
    onTrouble: troubleOf("calls against limits are not shared: each instance counts its own until the store is back"),
  });
  const takeUp = createTakeUp(
    createPromote({
      sql,
      onTried: (tokenId) => cache.ticks.touch(tokenId),
      onTrouble: troubleOf("a new secret could not be taken up: the database does not answer"),
    }),
  );
  const admission = { verify, usage, limits, counts, takeUp, refusals, audiences: accessTokens.audiences };
  return {
    admit: createAdmit(admission),
    admitClient: createAdmitClient(admission),
    verify,
    misses,
    takeUp,
    usage,
    refusals,
    feed,
    presence,
    sharing,
    cache,
    counts,
    start: () => feed.start(),
    catchUp: () => feed.catchUp(),
    async close() {
      await Promise.all([
        usage.close(),
        refusals.close(),
        renewal.flush(),
        sharing.close(),
        feed.close().then(() => presence.leave()),
      ]);
    },
  };
}
