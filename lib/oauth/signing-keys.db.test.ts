import { createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { revokedAccessTokens, signingKeys } from "@/db/schema";
import type { Pepper } from "@/lib/tokens/token-secret";
import { freshDatabase } from "@/test/database";
import { makeWorld } from "@/test/world";
import { clearRevoked } from "./clear-revoked";
import { retireSigningKey, rotateSigningKeys } from "./rotate-signing-keys";
import { openKey } from "./sealed-key";
import { believedKeys, currentSigningKey } from "./signing-keys";

const pepper = (id: string): Pepper => ({ id, key: createSecretKey(randomBytes(32)) });
const peppersOf = (...all: [Pepper, ...Pepper[]]) => ({
  current: all[0],
  byId: new Map(all.map((one) => [one.id, one])),
});
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe("signing keys", () => {
  it("are made once, however many ask at the same time for the first", async () => {
    const { db } = await freshDatabase();
    const peppers = peppersOf(pepper("one"));
    const asked = await Promise.all(Array.from({ length: 8 }, () => currentSigningKey(db, peppers)));
    expect(new Set(asked.map(({ kid }) => kid)).size).toBe(1);
    expect(await db.select().from(signingKeys)).toHaveLength(1);
  });

  it("are sealed: not in the row, not under another pepper, not for another key, and not after a change", async () => {
    const { db } = await freshDatabase();
    const [one, other] = [pepper("one"), pepper("other")];
    const { kid, privateKey } = await currentSigningKey(db, peppersOf(one));
    const [row] = await db.select().from(signingKeys);
    const { d = "" } = privateKey.export({ format: "jwk" });
    expect(d).not.toBe("");
    expect(JSON.stringify(row)).not.toContain(d);
    expect(row!.privateKey.includes(Buffer.from(d, "base64url"))).toBe(false);
    expect(openKey(row!.privateKey, kid, one).export({ format: "jwk" })).toMatchObject({ d });
    expect(() => openKey(row!.privateKey, kid, other)).toThrow();
    expect(() => openKey(row!.privateKey, "another", one)).toThrow();
    const changed = Buffer.from(row!.privateKey);
    changed[20]! ^= 1;
    expect(() => openKey(changed, kid, one)).toThrow();
  });

  it("move to the current pepper by the job, and sign on without the former one", async () => {
    const { db } = await freshDatabase();
    const [old, current] = [pepper("old"), pepper("current")];
    const { kid } = await currentSigningKey(db, peppersOf(old));
    expect(await rotateSigningKeys({ db }, peppersOf(current, old))).toMatchObject({ made: 0, resealed: 1 });
    const [row] = await db.select().from(signingKeys);
    expect(row?.pepperId).toBe("current");
    expect((await currentSigningKey(db, peppersOf(current))).kid).toBe(kid);
    expect(openKey(row!.privateKey, kid, current).type).toBe("private");
  });

  it("give way to a new one where their pepper is gone, and are believed to their end all the same", async () => {
    const { db } = await freshDatabase();
    const { kid } = await currentSigningKey(db, peppersOf(pepper("lost")));
    const fresh = await currentSigningKey(db, peppersOf(pepper("current")));
    expect(fresh.kid).not.toBe(kid);
    expect((await believedKeys(db)).keys.map(({ id }) => id).sort()).toEqual([kid, fresh.kid].sort());
  });

  it("have a successor by the job two days before, and one only, however many workers run it", async () => {
    const { db, sql } = await freshDatabase();
    const peppers = peppersOf(pepper("one"));
    const { kid } = await currentSigningKey(db, peppers);
    const work = () => Promise.all(Array.from({ length: 4 }, () => rotateSigningKeys({ db }, peppers)));
    expect((await work()).map(({ made }) => made)).toEqual([0, 0, 0, 0]);
    await sql`update signing_keys set created_at = now() - interval '28 days', signs_from = now() - interval '28 days',
      signs_until = now() + interval '47 hours', believed_until = now() + interval '49 hours'`;
    expect((await work()).map(({ made }) => made).sort()).toEqual([0, 0, 0, 1]);
    expect((await believedKeys(db)).keys).toHaveLength(2);
    expect((await currentSigningKey(db, peppers)).kid).toBe(kid);
  });

  it("end at once where one is retired, another signs, and the job removes it and what was taken back and is over", async () => {
    const { db } = await freshDatabase();
    const peppers = peppersOf(pepper("one"));
    const { organizationId } = await makeWorld(db);
    const { kid } = await currentSigningKey(db, peppers);
    const [over, running] = [randomUUID(), randomUUID()];
    await db.insert(revokedAccessTokens).values([
      { organizationId, id: over, revokedAt: ago(60), expiresAt: ago(1) },
      { organizationId, id: running, revokedAt: ago(60), expiresAt: ago(-30) },
    ]);
    expect(await retireSigningKey("another", { db })).toBeNull();
    const first = await retireSigningKey(kid, { db });
    if (!first || !("retired" in first)) throw new Error("it was not retired");
    // The second time changes nothing, and says since when it is over.
    expect(await retireSigningKey(kid, { db })).toEqual({ over: first.retired });
    const next = await currentSigningKey(db, peppers);
    expect(next.kid).not.toBe(kid);
    expect((await believedKeys(db)).keys.map(({ id }) => id)).toEqual([next.kid]);
    expect(await rotateSigningKeys({ db }, peppers)).toEqual({ made: 0, resealed: 0, removed: 1 });
    expect(await clearRevoked({ db })).toEqual({ revoked: 1 });
    expect(await db.select().from(signingKeys).where(eq(signingKeys.id, kid))).toEqual([]);
    expect(await db.select({ id: revokedAccessTokens.id }).from(revokedAccessTokens)).toEqual([{ id: running }]);
  });
});
