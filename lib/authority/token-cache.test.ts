import { describe, expect, it } from "vitest";
import type { Verification } from "./outcome";
import { type CheckedToken, TokenCache } from "./token-cache";

const ID = "1m9YQ2zk7hVd";

function openCache() {
  const cache = new TokenCache({ clock: () => 0, wall: () => 0 });
  cache.believeUntil(1_000_000);
  const reading = (wish: Partial<CheckedToken> = {}): CheckedToken => ({
    id: ID,
    hash: "h".repeat(32),
    pepperId: "first",
    answer: { outcome: "allowed", token: { name: "Build" } } as Verification,
    digest: null,
    others: null,
    freshUntil: 5000,
    overAt: Number.POSITIVE_INFINITY,
    begun: cache.ticks.now,
    checked: cache.ticks.now,
    dependsOn: ["issuer", "organization"],
    used: false,
    ...wish,
  });
  return { cache, reading };
}

describe("a token that is read again", () => {
  it("stays in place with the digest of its credential where nothing changed, and is as fresh as the new reading", () => {
    const { cache, reading } = openCache();
    const first = cache.put(reading({ digest: "d".repeat(32) }));
    cache.ticks.touch("another token");
    expect(cache.put(reading({ freshUntil: 9000, overAt: 8000 }))).toBe(first);
    expect(cache.get(ID, 6000)).toBe(first);
    expect(first).toMatchObject({ digest: "d".repeat(32), freshUntil: 9000, overAt: 8000, begun: cache.ticks.now });
  });

  it.each<[string, Partial<CheckedToken>]>([
    ["its answer", { answer: { outcome: "allowed", token: { name: "Renamed" } } as Verification }],
    ["what became of it", { answer: { outcome: "deleted", known: { organizationId: "o", tokenId: ID } } }],
    ["its secret", { hash: "i".repeat(32) }],
    ["its pepper", { pepperId: "second" }],
    ["what other secrets it has", { others: [] }],
    ["what it depends on", { dependsOn: ["another issuer", "organization"] }],
  ])("is replaced where %s changed, and no digest of before lets anybody in", (_, change) => {
    const { cache, reading } = openCache();
    const first = cache.put(reading({ digest: "d".repeat(32) }));
    const second = cache.put(reading(change));
    expect(second).not.toBe(first);
    expect(cache.get(ID, 0)).toBe(second);
    expect(second.digest).toBeNull();
  });

  it("is not made older by a reading that began before, and not kept at all by one that a revocation overtook", () => {
    const { cache, reading } = openCache();
    const early = reading({ freshUntil: 9000 });
    cache.ticks.touch("another token");
    const late = cache.put(reading({ freshUntil: 7000 }));
    expect(cache.put(early)).toBe(early);
    expect(cache.get(ID, 0)).toBe(late);
    expect(late.freshUntil).toBe(7000);

    const overtaken = reading();
    cache.ticks.touch("issuer");
    cache.put(overtaken);
    expect(cache.get(ID, 0)).toBeUndefined();
    expect(cache.getStale(ID, 0)).toBeUndefined();
  });
});
