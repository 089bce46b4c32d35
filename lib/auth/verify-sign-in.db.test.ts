import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { Db } from "@/db/client";
import { passwords, sessions, signInLimits, users } from "@/db/schema";
import { freshDatabase, withRollback } from "@/test/database";
import { contextOf, makeWorld } from "@/test/world";
import { hashPassword, verifyPassword } from "./password";
import { ACCOUNT_ATTEMPTS, ACCOUNT_ATTEMPTS_IN_ALL, ADDRESS_ATTEMPTS } from "./sign-in-limits";
import { verifySignIn } from "./verify-sign-in";

const PASSWORD = "seven grey herons";
const FAILED = { ok: false, refusal: { code: "sign_in_failed" } };

async function person(db: Db) {
  const { user } = await makeWorld(db);
  await db.insert(passwords).values({ userId: user.userId, hash: await hashPassword(PASSWORD) });
  return user;
}

/** Whether the look-up of an account takes this spelling for one that there is. */
const finds = async (db: Db, email: string) =>
  (
    await db
      .select()
      .from(users)
      .where(eq(sql`lower(${users.email})`, sql`lower(${email})`))
  ).length > 0;

const from = (db: Db, ip: string | null) => ({ ...contextOf(db), origin: { requestId: null, ip } });

describe("verifySignIn", () => {
  test("knows the person by email and password, in any case of the email", () =>
    withRollback(async (db) => {
      const { email, userId } = await person(db);
      const outcome = await verifySignIn({ email: email.toUpperCase(), password: PASSWORD }, contextOf(db));
      expect(outcome).toEqual({ ok: true, value: { userId } });
    }));

  test("gives a wrong password and an unknown account the same answer, and opens nothing", () =>
    withRollback(async (db) => {
      const { email, userId } = await person(db);
      const wrong = await verifySignIn({ email, password: "seven grey heron" }, contextOf(db));
      const unknown = await verifySignIn({ email: "nobody@example.com", password: PASSWORD }, contextOf(db));
      expect(wrong).toEqual(FAILED);
      expect(unknown).toEqual(wrong);
      expect(await db.select().from(sessions).where(eq(sessions.userId, userId))).toEqual([]);
    }));

  test("refuses a service account and a person without a password", () =>
    withRollback(async (db) => {
      const { user, addMember } = await makeWorld(db);
      const service = await addMember({ email: null });
      await db.insert(passwords).values({ userId: service.userId, hash: await hashPassword(PASSWORD) });
      await db.update(users).set({ email: "ci@example.com" }).where(eq(users.id, service.userId));
      expect(await verifySignIn({ email: "ci@example.com", password: PASSWORD }, contextOf(db))).toEqual(FAILED);
      expect(await verifySignIn({ email: user.email, password: PASSWORD }, contextOf(db))).toEqual(FAILED);
    }));

  test.each(["a real account", "an account that does not exist"])(
    "locks %s after ten failures from one address, says for how long, and leaves it open from another",
    (which) =>
      withRollback(async (db) => {
        const { email: real } = await person(db);
        const email = which === "a real account" ? real : "nobody@example.com";
        for (let n = 0; n < ACCOUNT_ATTEMPTS; n += 1) {
          expect(await verifySignIn({ email, password: "wrong" }, from(db, "198.51.100.1"))).toEqual(FAILED);
        }
        const locked = await verifySignIn({ email, password: PASSWORD }, from(db, "198.51.100.1"));
        expect(locked).toMatchObject({ ok: false, refusal: { code: "too_many_attempts" } });
        const wait = locked.ok ? 0 : (locked.refusal.retryAfterSeconds ?? 0);
        expect(wait).toBeGreaterThan(14 * 60);
        expect(wait).toBeLessThanOrEqual(15 * 60);
        const elsewhere = await verifySignIn({ email, password: PASSWORD }, from(db, "203.0.113.1"));
        expect(elsewhere).toMatchObject(email === real ? { ok: true } : FAILED);
      }),
  );

  test("locks an account after fifty failures from everywhere together", () =>
    withRollback(async (db) => {
      const { email } = await person(db);
      for (let n = 0; n < ACCOUNT_ATTEMPTS_IN_ALL; n += 1) {
        expect(await verifySignIn({ email, password: "wrong" }, from(db, `198.51.100.${n}`))).toEqual(FAILED);
      }
      expect(await verifySignIn({ email, password: PASSWORD }, from(db, "203.0.113.1"))).toMatchObject({
        refusal: { code: "too_many_attempts" },
      });
    }));

  test.each([
    ["\u0130", "an I with a dot"],
    ["\u212a", "the sign of the kelvin"],
    ["I", "a capital"],
  ])("counts every spelling that finds an account as that account: %s, %s", (letter) =>
    withRollback(async (db) => {
      const { userId } = await person(db);
      const plain = letter === "\u212a" ? "k" : "i";
      await db
        .update(users)
        .set({ email: `adm${plain}n@example.com` })
        .where(eq(users.id, userId));
      const spellings = [`adm${plain}n@example.com`, `adm${letter}n@example.com`, `ADM${letter}N@EXAMPLE.com`];
      let checked = 0;
      for (const email of spellings) {
        const sameAccount = await finds(db, email);
        for (let n = 0; sameAccount && n < ACCOUNT_ATTEMPTS; n += 1) {
          const answer = await verifySignIn({ email, password: "wrong" }, from(db, "198.51.100.1"));
          if (!answer.ok && answer.refusal.code === "sign_in_failed") checked += 1;
        }
      }
      expect(checked).toBe(ACCOUNT_ATTEMPTS);
    }),
  );

  test("counts an unknown address as one address", () =>
    withRollback(async (db) => {
      for (let n = 0; n < ADDRESS_ATTEMPTS; n += 1) {
        await verifySignIn({ email: `guess-${n}@example.com`, password: "x" }, from(db, null));
      }
      expect(await verifySignIn({ email: "next@example.com", password: "x" }, from(db, null))).toMatchObject({
        refusal: { code: "too_many_attempts" },
      });
    }));

  test("gives the attempt back where the queue for passwords is full", () =>
    withRollback(async (db) => {
      const { email } = await person(db);
      const ask = (password: string) => verifySignIn({ email, password }, from(db, "198.51.100.1"));
      for (let n = 1; n < ACCOUNT_ATTEMPTS; n += 1) expect(await ask("wrong")).toEqual(FAILED);
      let pressing = true;
      const crowd = Array.from({ length: 130 }, async () => {
        while (pressing) await verifyPassword(null, "x").catch(() => new Promise(setImmediate));
      });
      expect(await ask(PASSWORD)).toMatchObject({ refusal: { code: "too_many_attempts", retryAfterSeconds: 60 } });
      pressing = false;
      await Promise.all(crowd);
      expect(await ask(PASSWORD)).toMatchObject({ ok: true });
    }));

  test("forgets the failures of an account that signs in", () =>
    withRollback(async (db) => {
      const { email } = await person(db);
      for (let round = 0; round < 3; round += 1) {
        for (let n = 1; n < ACCOUNT_ATTEMPTS; n += 1) {
          expect(await verifySignIn({ email, password: "wrong" }, from(db, `198.51.100.${n}`))).toEqual(FAILED);
        }
        expect(await verifySignIn({ email, password: PASSWORD }, from(db, "203.0.113.1"))).toMatchObject({ ok: true });
      }
    }));

  test("locks an address after fifty failures, and a locked address no longer locks accounts", () =>
    withRollback(async (db) => {
      const { email } = await person(db);
      const ip = "198.51.100.1";
      for (let n = 0; n < ADDRESS_ATTEMPTS; n += 1) {
        expect(await verifySignIn({ email: `guess-${n}@example.com`, password: "x" }, from(db, ip))).toEqual(FAILED);
      }
      for (let n = 0; n < ACCOUNT_ATTEMPTS + 1; n += 1) {
        expect(await verifySignIn({ email, password: "x" }, from(db, ip))).toMatchObject({
          refusal: { code: "too_many_attempts" },
        });
      }
      expect(await verifySignIn({ email, password: PASSWORD }, from(db, "203.0.113.1"))).toMatchObject({ ok: true });
    }));

  test("does not count who succeeds against the address", () =>
    withRollback(async (db) => {
      const { email } = await person(db);
      for (let n = 0; n < ADDRESS_ATTEMPTS + 2; n += 1) {
        expect(await verifySignIn({ email, password: PASSWORD }, from(db, "198.51.100.1"))).toMatchObject({ ok: true });
      }
    }));

  test("keeps no email in the table of attempts", () =>
    withRollback(async (db) => {
      const { email } = await person(db);
      await verifySignIn({ email, password: "x" }, contextOf(db));
      const rows = await db.select().from(signInLimits);
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(email);
    }));

  test("gives forty guesses at once no more tries than forty in a row", async () => {
    const { db } = await freshDatabase();
    const { email } = await person(db);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => verifySignIn({ email, password: `guess ${n}` }, from(db, "198.51.100.1"))),
    );
    const checked = answers.filter((answer) => !answer.ok && answer.refusal.code === "sign_in_failed");
    expect(checked).toHaveLength(ACCOUNT_ATTEMPTS);
  });
});
