import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { AnswerCounts } from "@/lib/gate/answer-counts";
import { deleteToken } from "@/lib/tokens/delete-token";
import { PlainToken } from "@/lib/tokens/token-secret";
import { type startInstance, twoInstances, until } from "@/test/instance";
import { contextOf } from "@/test/world";
import { addAuthorityMetrics } from "./authority-metrics";
import { addGateMetrics } from "./gate-metrics";

type Instance = Awaited<ReturnType<typeof startInstance>>;

function watched(instance: Instance) {
  const registry = new Registry();
  addAuthorityMetrics(registry, instance);
  const read = async () => {
    const text = await registry.metrics();
    const series = text.split("\n").flatMap((line) => {
      const [, name, value] = /^([^#]\S*) (\S+)$/.exec(line) ?? [];
      return name && value ? [[name, Number(value)] as const] : [];
    });
    return { text, series: Object.fromEntries(series) };
  };
  return { registry, read };
}

const call = (instance: Instance, secret: string, permissions: string[] = []) =>
  instance.admit({
    credential: new PlainToken(secret),
    permissions: permissions as never,
    ip: "203.0.113.77",
    agent: "spy",
    requestId: null,
  });

describe("the metrics of an authority", () => {
  it("count known traffic exactly, each process its own", async () => {
    const { world, one, other } = await twoInstances();
    const { secret } = await world.addToken(world.admin);
    const { read } = watched(one);
    await call(one, secret);
    for (let calls = 0; calls < 130; calls++) await call(one, secret);
    await call(one, secret, ["nothing:ever"]);
    await call(one, "lk_pat_nonsense");
    one.skip(700);
    const { series } = await read();
    expect(series).toMatchObject({
      'latchkey_checks_total{outcome="allowed"}': 131,
      'latchkey_checks_total{outcome="insufficient_scope"}': 1,
      'latchkey_checks_total{outcome="malformed"}': 1,
      'latchkey_checks_total{outcome="unknown"}': 0,
      'latchkey_cache_requests_total{result="hit"}': 131,
      'latchkey_cache_requests_total{result="miss"}': 1,
      latchkey_lookup_duration_seconds_count: 1,
      'latchkey_check_duration_seconds_count{answered="after_waiting"}': 1,
      // One in 64 of those from memory; the first call had to wait.
      'latchkey_check_duration_seconds_count{answered="at_once"}': 2,
      'latchkey_check_duration_seconds_bucket{answered="at_once",le="+Inf"}': 2,
      latchkey_cache_tokens: 1,
      latchkey_cache_believed: 1,
      latchkey_feed_listening: 1,
      latchkey_usage_calls_dropped_total: 0,
    });
    expect(series.latchkey_feed_reading_age_seconds).toBeCloseTo(0.7);
    const elsewhere = (await watched(other).read()).series;
    expect(elsewhere['latchkey_checks_total{outcome="allowed"}']).toBe(0);
  });

  it("read twice, are the same twice, and give buckets that only grow", async () => {
    const { world, one } = await twoInstances();
    const { secret } = await world.addToken(world.admin);
    const { read } = watched(one);
    for (let calls = 0; calls < 200; calls++) await call(one, secret);
    const first = (await read()).series;
    expect((await read()).series).toMatchObject({
      'latchkey_checks_total{outcome="allowed"}': first['latchkey_checks_total{outcome="allowed"}'],
      latchkey_lookup_duration_seconds_count: first.latchkey_lookup_duration_seconds_count,
    });
    const buckets = Object.entries(first).filter(([name]) =>
      name.startsWith("latchkey_lookup_duration_seconds_bucket"),
    );
    expect(buckets.length).toBeGreaterThan(5);
    expect(buckets.map(([, value]) => value)).toEqual(buckets.map(([, value]) => value).sort((a, b) => a - b));
    expect(buckets.at(-1)?.[1]).toBe(first.latchkey_lookup_duration_seconds_count);
  });

  it("tell how long a deletion took to be refused here, and that the feed is lost", async () => {
    const { db, world, one, other } = await twoInstances();
    const { read } = watched(other);
    const confirmed = async () => (await read()).series.latchkey_revocation_delay_seconds_count ?? 0;
    expect(await confirmed()).toBe(0);
    // One that is told while the feed is away is confirmed too, and has no delay: then the next one has.
    await until(async () => {
      const { id } = await world.addToken(world.user);
      await deleteToken(world.user, { id }, contextOf(db));
      await Promise.all([one.catchUp(), other.catchUp()]);
      await other.presence.flush();
      return (await confirmed()) > 0;
    });
    const { series } = await read();
    expect(series['latchkey_revocation_delay_seconds_bucket{le="+Inf"}']).toBe(
      series.latchkey_revocation_delay_seconds_count,
    );
    // The reading that was asked for may be before the notice.
    const heard = ["notice", "reading"].map((by) => series[`latchkey_feed_events_total{heard="${by}"}`] ?? 0);
    expect(heard.reduce((sum, events) => sum + events)).toBeGreaterThan(0);
    expect(series.latchkey_confirmations_waiting).toBe(0);
    await other.close();
    expect((await read()).series).toMatchObject({ latchkey_feed_listening: 0, latchkey_cache_believed: 0 });
  });

  it("say nothing of callers: no secret, id, name or address, and as many lines after more tokens as before", async () => {
    const { world, one } = await twoInstances();
    const { id, secret } = await world.addToken(world.admin);
    const { registry, read } = watched(one);
    const answers = new AnswerCounts();
    addGateMetrics(registry, answers);
    answers.add(200);
    await call(one, secret);
    const before = (await read()).text;
    for (let tokens = 0; tokens < 5; tokens++) await call(one, (await world.addToken(world.user)).secret);
    const { text } = await read();
    expect(text.split("\n").length).toBe(before.split("\n").length);
    for (const told of [secret, id, world.organizationId, world.admin.memberId, "203.0.113", "spy", "lk_"]) {
      expect(text).not.toContain(told);
    }
    const labels = new Set([...text.matchAll(/(\w+)="/g)].map(([, label]) => label));
    expect([...labels].sort()).toEqual(["answered", "heard", "le", "outcome", "result", "status"]);
  });
});
