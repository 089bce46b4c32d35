import type { Registry } from "prom-client";
import type { Authority, AuthorityInside } from "@/lib/authority/create-authority";
import { addCounter, addGauge, addHistogram } from "./registered";

/** What is read of an authority. */
export type WatchedAuthority = Pick<Authority, "usage"> & AuthorityInside;

/** Registers how the checks of this process go. Everything is read when somebody asks; a check itself calls nothing here. */
export function addAuthorityMetrics(registry: Registry, { counts, cache, feed, presence, usage }: WatchedAuthority) {
  addCounter(
    registry,
    { name: "latchkey_checks_total", help: "Checks of credentials, by what they came to." },
    { label: "outcome", read: () => Object.entries(counts.outcomes) },
  );
  addCounter(
    registry,
    { name: "latchkey_checks_stale_total", help: "Checks answered from memory while the database was away." },
    () => counts.stale,
  );
  addHistogram(
    registry,
    {
      name: "latchkey_check_duration_seconds",
      help: "Whole checks: one in 64 of those answered at once from memory, and all that had to wait.",
    },
    { label: "answered", of: { at_once: counts.fromMemory, after_waiting: counts.afterLookup } },
  );
  addHistogram(
    registry,
    {
      name: "latchkey_lookup_duration_seconds",
      help: "Statements that look tokens up, each for all that wait for it.",
    },
    counts.lookups,
  );
  addCounter(
    registry,
    { name: "latchkey_cache_requests_total", help: "Tokens asked of memory, by whether they were there." },
    {
      label: "result",
      read: () => [
        ["hit", counts.hits],
        ["unknown_hit", counts.unknownHits],
        ["joined", counts.joined],
        ["miss", counts.misses],
      ],
    },
  );
  addGauge(registry, { name: "latchkey_cache_tokens", help: "Tokens in memory." }, () => cache.size);
  addGauge(
    registry,
    { name: "latchkey_cache_unknown_ids", help: "Ids in memory of which the database had no token." },
    () => cache.unknownSize,
  );
  addCounter(
    registry,
    { name: "latchkey_cache_evictions_total", help: "Tokens that left memory because others came." },
    () => cache.evicted,
  );
  addGauge(
    registry,
    { name: "latchkey_cache_believed", help: "1 while memory may answer; 0 while every check asks the database." },
    () => Number(cache.isBelieved(cache.clock())),
  );

  addGauge(
    registry,
    { name: "latchkey_feed_listening", help: "1 while the connection that hears of revocations is there." },
    () => Number(feed.isListening),
  );
  addCounter(
    registry,
    { name: "latchkey_feed_losses_total", help: "Times that the revocation feed was lost or could not be had." },
    () => feed.losses,
  );
  addGauge(
    registry,
    { name: "latchkey_feed_reading_age_seconds", help: "Time since the last reading of the revocation feed was sent." },
    () => (feed.readingAge === null ? null : feed.readingAge / 1000),
  );
  addGauge(
    registry,
    { name: "latchkey_feed_position", help: "The highest sequence of the revocation feed that was applied." },
    () => feed.position,
  );
  addCounter(
    registry,
    { name: "latchkey_feed_events_total", help: "Revocations that were applied, by what told of them first." },
    { label: "heard", read: () => Object.entries(feed.heard) },
  );
  addHistogram(
    registry,
    {
      name: "latchkey_revocation_delay_seconds",
      help: "From the deletion of a token to its being refused here, by the clock of the database.",
    },
    presence.delays,
  );
  addGauge(
    registry,
    { name: "latchkey_confirmations_waiting", help: "Deletions that are refused here and wait to be confirmed." },
    () => presence.unconfirmed,
  );

  addGauge(
    registry,
    {
      name: "latchkey_usage_rows_waiting",
      help: "Rows of usage that wait to be written, about one for a token in use.",
    },
    () => usage.waiting,
  );
  addCounter(
    registry,
    { name: "latchkey_usage_batches_total", help: "Batches of usage, by whether the database took them." },
    {
      label: "result",
      read: () => [
        ["written", usage.stats.written],
        ["failed", usage.stats.failed],
      ],
    },
  );
  addCounter(
    registry,
    { name: "latchkey_usage_calls_dropped_total", help: "Calls that are counted nowhere." },
    () => usage.stats.dropped,
  );
}
