import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { users } from "@/db/schema";
import { freshDatabase, withRollback } from "./database";

const somebody = { id: "01980000-0000-7000-8000-000000000001", name: "Somebody", email: "somebody@one.example" };

describe("withRollback", () => {
  it("shows a test its own rows, through drizzle and the driver alike, and leaves none behind", async () => {
    const seen = await withRollback(async (db, driver) => {
      await db.transaction((tx) => tx.insert(users).values(somebody));
      const byDriver = await driver`select id from users where id = ${somebody.id}`;
      return { byDrizzle: await db.$count(users), byDriver: byDriver.length };
    });
    expect(seen).toEqual({ byDrizzle: 1, byDriver: 1 });
    expect(await withRollback((db) => db.$count(users))).toBe(0);
  });

  it("passes on what a test throws, and leaves nothing behind", async () => {
    await expect(
      withRollback(async (db) => {
        await db.insert(users).values(somebody);
        throw new Error("the test's own");
      }),
    ).rejects.toThrow("the test's own");
    expect(await withRollback((db) => db.$count(users))).toBe(0);
  });
});

describe("freshDatabase", () => {
  it("commits for every connection to see, and is seen by no other test", async () => {
    const one = await freshDatabase();
    const other = await freshDatabase();
    await one.db.insert(users).values(somebody);
    const found = await Promise.all(
      [one, one, other].map(({ db }) => db.select({ name: users.name }).from(users).where(eq(users.id, somebody.id))),
    );
    expect(found.map((rows) => rows.length)).toEqual([1, 1, 0]);
    await one.db.execute(sql`delete from users`);
  });
});
