import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { isDatabaseAway } from "@/lib/database-away";
import { freshDatabase } from "@/test/database";
import { createDatabase } from "./client";

it("settles every query whose connection is lost, in transactions too, and goes on with new ones", async () => {
  const { url } = await freshDatabase();
  const pool = createDatabase(url, { max: 8 });
  const killer = createDatabase(url, { max: 1 });
  for (let round = 0; round < 10; round++) {
    const work = Array.from({ length: 40 }, () =>
      pool.db
        .transaction(async (tx) => {
          await tx.execute(sql`select 1`);
          // A turn of the event loop, so that the loss can fall between two statements of a transaction.
          await new Promise((resolve) => setImmediate(resolve));
          await tx.execute(sql`select 2`);
        })
        .then(
          () => "done",
          () => "lost",
        ),
    );
    await killer.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`);
    const outcomes = await Promise.all(work);
    expect(outcomes).toHaveLength(40);
  }
  // A connection that was cut a moment ago may still look alive to the pool: the first query on it is lost, not the pool.
  await expect
    .poll(() =>
      pool.db.execute<{ alive: number }>(sql`select 1 as alive`).then(
        ([row]) => row?.alive,
        () => "lost",
      ),
    )
    .toBe(1);
  await Promise.all([pool.end(), killer.end()]);
});

const MARKER = "marker\nforged line";

/** The error of `work`, whole, with all that hangs on it. */
async function shown(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error("nothing was thrown");
  return { error, text: `${inspect(error, { showHidden: true, depth: 10 })} ${error.message} ${error.stack}` };
}

it("throws neither statement nor values, in transactions, at their end and where a failure was caught, but the code", async () => {
  const { db } = await freshDatabase();
  await db.execute(sql`create table notes (body text, bytes bytea, constraint notes_once unique (body))`);
  await db.execute(sql`
    create table late_notes (body text, constraint late_once unique (body) deferrable initially deferred)`);
  const bytes = Buffer.from("a hash of a session");
  const insert = sql`insert into notes (body, bytes) values (${MARKER}, ${bytes})`;
  await db.execute(insert);
  const late = sql`insert into late_notes (body) values (${MARKER}), (${MARKER})`;
  const failures = [
    await shown(db.execute(insert)),
    await shown(db.transaction((tx) => tx.execute(insert))),
    await shown(db.transaction((tx) => tx.transaction((inner) => inner.execute(insert)))),
    await shown(db.transaction((tx) => tx.execute(late))),
    await shown(db.transaction((tx) => tx.execute(insert).catch(() => {}))),
    await shown(db.execute(sql`select ${MARKER}::uuid, ${bytes}::bytea`)),
  ];
  for (const { error, text } of failures) {
    expect(error).toMatchObject({ name: "DatabaseError", code: expect.stringMatching(/^(23505|22P02)$/) });
    for (const leak of ["marker", "forged", "insert into", "select", bytes.toString("hex"), "<Buffer"]) {
      expect(text).not.toContain(leak);
    }
  }
  expect(failures[0]?.error).toMatchObject({ constraint_name: "notes_once" });
});

it("still tells that the database is away", async () => {
  const nowhere = createDatabase("postgres://nobody@127.0.0.1:1/none", { max: 1 });
  const { error, text } = await shown(nowhere.db.execute(sql`select ${MARKER}`));
  expect(isDatabaseAway(error)).toBe(true);
  expect(text).not.toContain("marker");
  await nowhere.end();
});

it("lets the server give up what takes too long, where it is told to", async () => {
  const { url } = await freshDatabase();
  const settings = sql`select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock`;
  for (const [patience, statement, lock] of [
    ["limited", "15s", "10s"],
    ["endless", "0", "0"],
  ] as const) {
    const { db, end } = createDatabase(url, { max: 1, patience });
    expect(await db.execute(settings)).toMatchObject([{ statement, lock }]);
    if (patience === "limited") {
      const { error } = await shown(
        db.transaction(async (tx) => {
          await tx.execute(sql`set local statement_timeout = 20`);
          await tx.execute(sql`select pg_sleep(10)`);
        }),
      );
      expect(isDatabaseAway(error)).toBe(true);
    }
    await end();
  }
});
