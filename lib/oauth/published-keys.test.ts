import { describe, expect, it } from "vitest";
import { RevocationTicks } from "@/lib/authority/revocation-ticks";
import type { KeySet } from "./public-keys";
import { PublishedKeys } from "./published-keys";

const setOf = (...kids: string[]): KeySet => ({
  keys: kids.map((kid) => ({ kty: "EC", crv: "P-256", x: "x", y: "y", kid, use: "sig", alg: "ES256" })),
});
const kidsOf = ({ keys }: KeySet) => keys.map(({ kid }) => kid);

/** Keys that can be read as a test says, by its own clock. */
function scene(first: KeySet) {
  const ticks = new RevocationTicks();
  const state = { set: first as KeySet | Error, read: 0, now: 0 };
  const published = new PublishedKeys(
    async () => {
      state.read++;
      if (state.set instanceof Error) throw state.set;
      return state.set;
    },
    ticks,
    () => state.now,
  );
  return { state, ticks, published, kids: async () => kidsOf(await published.get()) };
}

describe("the published keys", () => {
  it("are read once for all who ask, at the same time and within two seconds, and then again", async () => {
    const { state, published, kids } = scene(setOf("a"));
    const asked = await Promise.all(Array.from({ length: 500 }, () => published.get()));
    expect(asked.every((set) => kidsOf(set).join() === "a")).toBe(true);
    state.set = setOf("a", "b");
    state.now = 1999;
    expect(await kids()).toEqual(["a"]);
    expect(state.read).toBe(1);
    state.now = 2000;
    expect(await kids()).toEqual(["a", "b"]);
    expect(state.read).toBe(2);
  });

  it("are read again at once where the feed tells of one of them, during a reading too, and not of anything else", async () => {
    const { state, ticks, published, kids } = scene(setOf("a", "b"));
    expect(await kids()).toEqual(["a", "b"]);
    state.set = setOf("b");
    ticks.touch("a-token");
    expect(await kids()).toEqual(["a", "b"]);
    ticks.touch("a");
    const reading = published.get();
    // Whoever retires this one does it after the statement was sent.
    ticks.touch("b");
    expect(kidsOf(await reading)).toEqual(["b"]);
    state.set = setOf("c");
    expect(await kids()).toEqual(["c"]);
    expect(state.read).toBe(3);
  });

  it("are asked for again, and not made up, where they cannot be read", async () => {
    const { state, kids } = scene(setOf("a"));
    state.set = new Error("away");
    await expect(kids()).rejects.toThrow("away");
    state.set = setOf("a");
    expect(await kids()).toEqual(["a"]);
  });
});
