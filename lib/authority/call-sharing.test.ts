import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CallLimits, type Untold } from "./call-limits";
import { CallSharing } from "./call-sharing";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const HELD = { networks: null, callsPerToken: 1000, callsPerOrganization: null };

function scene() {
  const exchanges: { at: number; calls: number }[] = [];
  let answer: "at once" | "never" | "refusal" = "at once";
  let disconnected = 0;
  const troubles: unknown[] = [];
  const store = {
    exchange: async (told: readonly Untold[]) => {
      exchanges.push({ at: performance.now(), calls: told.reduce((sum, { calls }) => sum + calls, 0) });
      if (answer === "never") await new Promise(() => {});
      if (answer === "refusal") throw new Error("away");
      return { at: Date.now(), calls: told.map(({ calls }) => [calls, 0] as const) };
    },
    disconnect: () => {
      disconnected++;
    },
  };
  const limits: CallLimits = new CallLimits({ onCall: () => sharing.wake() });
  const sharing = new CallSharing({ limits, store, onTrouble: (error) => troubles.push(error) });
  return {
    limits,
    sharing,
    exchanges,
    troubles,
    disconnected: () => disconnected,
    stores: (how: typeof answer) => {
      answer = how;
    },
    call: () => limits.take({ tokenId: "a", organizationId: "org" }, HELD).over === null,
  };
}

it("tells the first call soon and the next ones once a second, however many they are", async () => {
  const { call, exchanges } = scene();
  for (let at = 0; at < 5000; at += 5) {
    call();
    await vi.advanceTimersByTimeAsync(5);
  }
  expect(exchanges[0]?.at).toBeLessThan(50);
  expect(exchanges).toHaveLength(5);
  for (const [place, { at }] of exchanges.entries()) {
    if (place > 0) expect(at - exchanges[place - 1]!.at).toBeGreaterThanOrEqual(1000);
  }
});

it("goes on listening for a minute after the last call, then stops, and begins again with the next", async () => {
  const { call, exchanges } = scene();
  call();
  await vi.advanceTimersByTimeAsync(120_000);
  const { length } = exchanges;
  expect(length).toBeGreaterThanOrEqual(60);
  expect(length).toBeLessThanOrEqual(62);
  expect(vi.getTimerCount()).toBe(0);
  call();
  await vi.advanceTimersByTimeAsync(50);
  expect(exchanges).toHaveLength(length + 1);
});

it("lets calls through while an answer is out, gives it up in time, and tells the same calls again", async () => {
  const { call, exchanges, troubles, disconnected, stores } = scene();
  stores("never");
  call();
  await vi.advanceTimersByTimeAsync(1000);
  expect(exchanges).toHaveLength(1);
  expect(call()).toBe(true);
  await vi.advanceTimersByTimeAsync(1600);
  expect([troubles.length, disconnected()]).toEqual([1, 1]);
  stores("at once");
  await vi.advanceTimersByTimeAsync(1000);
  expect(exchanges[1]?.calls).toBe(2);
});

it("says once that the store is lost, and again only when it was back between", async () => {
  const { call, troubles, stores } = scene();
  stores("refusal");
  call();
  await vi.advanceTimersByTimeAsync(5000);
  expect(troubles).toHaveLength(1);
  stores("at once");
  await vi.advanceTimersByTimeAsync(2000);
  stores("refusal");
  await vi.advanceTimersByTimeAsync(5000);
  expect(troubles).toHaveLength(2);
});

it("tells what is left when it is closed, and nothing after", async () => {
  const { call, sharing, exchanges, disconnected } = scene();
  call();
  await sharing.close();
  expect(exchanges.map(({ calls }) => calls)).toEqual([1]);
  expect(disconnected()).toBe(1);
  call();
  await vi.advanceTimersByTimeAsync(5000);
  expect(exchanges).toHaveLength(1);
});
