import postgres from "postgres";
import { expect, it, onTestFinished, vi } from "vitest";
import { accessTokenRules } from "@/lib/oauth/audiences";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { PlainToken } from "@/lib/tokens/token-secret";
import { freshDatabase } from "@/test/database";
import { until } from "@/test/instance";
import { makeWorld } from "@/test/world";
import { createAuthority } from "./create-authority";
import { TokenCache } from "./token-cache";

const CALLERS = 32;
const SECONDS = 8;
const CONNECTIONS = 4;

it("one hot token with 32 callers is written of once a second, its last use once a minute, and every call is counted", async () => {
  const { url, db, sql } = await freshDatabase();
  const world = await makeWorld(db);
  const { id, secret } = await world.addToken(world.user);
  const statements: string[] = [];
  const watched = postgres(url, { max: CONNECTIONS, debug: (_connection, query) => statements.push(query) });
  const sent = (pattern: RegExp) => statements.filter((statement) => pattern.test(statement)).length;
  const started = performance.now();
  const cache = new TokenCache({ clock: () => started, wall: () => 0 });
  const authority = createAuthority({
    sql: watched,
    url,
    cache,
    peppers: mintingKeys().peppers,
    accessTokens: accessTokenRules(),
  });
  onTestFinished(() => vi.useRealTimers() && authority.close().then(() => watched.end()));
  authority.start();
  await until(() => cache.isBelieved(started));

  // The driver opens connections by a timer, which would not come once the clock stands.
  await Promise.all(Array.from({ length: CONNECTIONS }, () => watched`select pg_sleep(0.1)`));
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const call = () =>
    authority.admit({
      credential: new PlainToken(secret),
      permissions: [],
      ip: "192.0.2.1",
      agent: "hot",
      requestId: null,
    });
  let calls = 0;
  for (let tenth = 0; tenth < SECONDS * 10; tenth++) {
    const found = await Promise.all(Array.from({ length: CALLERS }, call));
    expect(found.every(({ ok }) => ok)).toBe(true);
    calls += found.length;
    await vi.advanceTimersByTimeAsync(100);
    // The clock stands while a write is under way, so that none is left out because the one before was slow.
    if (tenth % 10 === 9) await until(() => authority.usage.stats.written === (tenth + 1) / 10);
  }
  expect(sent(/insert into token_usage/)).toBe(SECONDS);
  expect(sent(/insert into token_callers/)).toBe(SECONDS);
  expect(sent(/^begin/)).toBe(SECONDS);
  expect(sent(/update api_tokens/)).toBe(1);
  vi.useRealTimers();
  await authority.usage.close();
  const [counted] = await sql`select sum(calls)::int as calls from token_usage where token_id = ${id}`;
  expect(counted).toEqual({ calls });
});
