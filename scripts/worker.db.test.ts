import { createServer } from "node:net";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it, onTestFinished } from "vitest";
import { jobRuns, localMailbox, outbox } from "@/db/schema";
import { askForRun } from "@/lib/jobs/ask-for-run";
import { readWorkers } from "@/lib/jobs/list-jobs";
import { cuttableConnection } from "@/test/cuttable-connection";
import { freshDatabase } from "@/test/database";
import { until } from "@/test/instance";
import { addMail } from "@/test/mail-rows";
import { operatorSession } from "@/test/operator";
import { startProgram } from "@/test/program";
import { contextOf, makeWorld } from "@/test/world";

const startWorker = (url: string, settings: Record<string, string> = {}) =>
  startProgram("scripts/worker.ts", { DATABASE_URL: url, ...settings });

/** As whoever stops it would lose patience. */
const PROMPTLY_MS = 3000;

describe("a worker", () => {
  it("waits for a database that is away at its start, and works once it is there", async () => {
    const { url, db } = await freshDatabase({ max: 2 });
    const way = await cuttableConnection(url);
    way.refuse();
    const worker = startWorker(way.url);
    await worker.says("the jobs cannot begin yet");
    way.mend();
    await worker.says("the worker is ready");
    expect((await readWorkers(db)).map(({ pid }) => pid)).toEqual([worker.pid]);
    expect((await worker.end()).code).toBe(143);
    expect(await readWorkers(db)).toEqual([]);
  });

  it("ends promptly when it is told to, also while it waits for the database", async () => {
    const { url } = await freshDatabase({ max: 2 });
    const way = await cuttableConnection(url);
    way.refuse();
    const worker = startWorker(way.url);
    await worker.says("the jobs cannot begin yet");
    const { code, ms } = await worker.end();
    expect(code).toBe(143);
    expect(ms).toBeLessThan(PROMPTLY_MS);
    expect(worker.output()).not.toContain("the worker is ready");
  });

  it("ends promptly also where the database takes the connection and says nothing", async () => {
    let connections = 0;
    const silent = createServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    const worker = startWorker(`postgres://latchkey:none@127.0.0.1:${port}/latchkey`);
    await until(() => connections > 0);
    const { code, ms } = await worker.end("SIGINT");
    expect(code).toBe(130);
    expect(ms).toBeLessThan(PROMPTLY_MS);
  });

  it("shares the runs with another process: each goes to one of the two, and each message out once", async () => {
    const { url, db } = await freshDatabase({ max: 4 });
    const world = await makeWorld(db);
    // The mailbox of the demo is where messages go.
    const workers = [1, 2].map(() => startWorker(url, { DEMO_WORLD: "on" }));
    await Promise.all(workers.map(({ says }) => says("the worker is ready")));
    expect((await readWorkers(db)).map(({ pid }) => pid).sort()).toEqual(workers.map(({ pid }) => pid).sort());

    for (const count of [3, 2, 4]) {
      await addMail(db, world, { count, now: new Date() });
      expect(await askForRun(operatorSession(), { name: "send-mail" }, contextOf(db), url)).toMatchObject({ ok: true });
      await until(async () => (await db.$count(outbox, eq(outbox.state, "waiting"))) === 0);
    }
    for (const worker of workers) expect((await worker.end()).code).toBe(143);
    // Twice the same one would have changed nothing in the mailbox, but counted.
    expect(await db.$count(localMailbox)).toBe(9);
    const runs = await db.select().from(jobRuns);
    expect(runs.find(({ name }) => name === "send-mail")?.totals).toMatchObject({ sent: 9, failed: 0, dead: 0 });
    const given = await db.execute<{ name: string; count: number }>(
      sql`select name, count(*)::int as count from pgboss.job where state = 'completed' group by name`,
    );
    const byName = (rows: { name: string; count: number }[]) => new Map(rows.map(({ name, count }) => [name, count]));
    expect(byName(runs.map(({ name, runs: count }) => ({ name, count })))).toEqual(
      byName(given.filter(({ name }) => !name.startsWith("__"))),
    );
    expect(runs.every(({ failures }) => failures === 0)).toBe(true);
  });
});
