import { sql } from "drizzle-orm";
import { PgBoss } from "pg-boss";
import { Registry } from "prom-client";
import { describe, expect, it, onTestFinished } from "vitest";
import { jobRuns, outbox } from "@/db/schema";
import { addJobMetrics } from "@/lib/metrics/job-metrics";
import { days, minutes, NOW } from "@/test/clock";
import { freshDatabase, withRollback } from "@/test/database";
import { until } from "@/test/instance";
import { actingMailer, addMail, PUBLIC_URL } from "@/test/mail-rows";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld } from "@/test/world";
import { askForRun } from "./ask-for-run";
import { cronOf, isLate, type Job, type JobContext, nextRun } from "./job";
import { JOB_NAMES, JOBS } from "./job-list";
import { listJobs, readJobs, readWorkers } from "./list-jobs";
import { runJob } from "./run-job";
import { startJobs } from "./start-jobs";
import { readWorkerName, workerName } from "./worker-name";

const jobContext = (ctx: Pick<JobContext, "db"> & Partial<JobContext>): JobContext => ({
  now: NOW,
  mailer: null,
  publicUrl: PUBLIC_URL,
  tombstoneDays: 90,
  ...ctx,
});

const counting = (counts: Record<string, number>): Job => ({
  everyMinutes: 1,
  does: "counts",
  run: async () => counts,
});
const failing: Job = {
  everyMinutes: 1,
  does: "fails",
  run: () => Promise.reject(new RangeError("with a secret in it")),
};

describe("a run of a job", () => {
  it("is written down with what it did, and added up", () =>
    withRollback(async (db) => {
      await runJob("send-mail", counting({ sent: 3 }), jobContext({ db }), () => minutes(1));
      await runJob("send-mail", counting({ sent: 2, dead: 1 }), jobContext({ db, now: minutes(2) }), () => minutes(3));
      const [row] = await db.select().from(jobRuns);
      expect(row).toEqual({
        name: "send-mail",
        startedAt: minutes(2),
        finishedAt: minutes(3),
        succeededAt: minutes(3),
        counts: { sent: 2, dead: 1 },
        totals: { sent: 5, dead: 1 },
        failure: null,
        runs: 2,
        failures: 0,
      });
    }));

  it("that fails says so by a name and not by what was said, and keeps what went before", () =>
    withRollback(async (db) => {
      await runJob("send-mail", counting({ sent: 3 }), jobContext({ db }), () => minutes(1));
      await expect(
        runJob("send-mail", failing, jobContext({ db, now: minutes(2) }), () => minutes(3)),
      ).rejects.toThrow();
      const [row] = await db.select().from(jobRuns);
      expect(row).toMatchObject({
        succeededAt: minutes(1),
        finishedAt: minutes(3),
        failure: "RangeError",
        failures: 1,
        runs: 2,
      });
      expect(row?.totals).toEqual({ sent: 3 });
      expect(JSON.stringify(row)).not.toContain("secret");
    }));

  it("is shown to the operator alone, with the next one and whether it is late", () =>
    withRollback(async (db) => {
      await runJob("send-mail", counting({ sent: 3 }), jobContext({ db, now: minutes(-2) }), () => minutes(-2));
      const { jobs: lines } = await listJobs(operatorSession(), contextOf(db));
      expect(lines.map(({ name }) => name)).toEqual(JOB_NAMES);
      const mail = lines.find(({ name }) => name === "send-mail");
      expect(mail).toMatchObject({
        lastStartedAt: minutes(-2),
        isRunning: false,
        lastMs: 0,
        nextAt: minutes(1),
        isLate: false,
        counts: { sent: 3 },
        runs: 1,
      });
      expect(lines.find(({ name }) => name === "clear-old")).toMatchObject({
        runs: 0,
        isRunning: false,
        lastMs: null,
        isLate: true,
        nextAt: minutes(60),
      });
      const { jobs: later } = await readJobs({ db, now: minutes(2) });
      expect(later.find(({ name }) => name === "send-mail")?.isLate).toBe(true);
      await expect(listJobs(operatorSession(false), contextOf(db))).rejects.toThrow("only the operator");
    }));
});

describe("a run that has not ended", () => {
  it("is shown as under way, and the one before it keeps what it did and no duration", () =>
    withRollback(async (db) => {
      await runJob("send-mail", counting({ sent: 3 }), jobContext({ db }), () => minutes(1));
      const [before] = await readJobs({ db, now: minutes(1) }).then(({ jobs }) => jobs.filter(({ runs }) => runs > 0));
      expect(before).toMatchObject({ isRunning: false, lastMs: 60_000 });
      await runJob("send-mail", failing, jobContext({ db, now: minutes(2) }), () => minutes(1)).catch(() => {});
      const [during] = await readJobs({ db, now: minutes(2) }).then(({ jobs }) => jobs.filter(({ runs }) => runs > 0));
      expect(during).toMatchObject({ isRunning: true, lastMs: null, counts: { sent: 3 } });
    }));
});

describe("every job", () => {
  it("runs at whole multiples of its interval, and says so where it deletes", () => {
    for (const name of JOB_NAMES) {
      expect(60 % JOBS[name].everyMinutes).toBe(0);
      expect(nextRun(JOBS[name], NOW).getTime() % (JOBS[name].everyMinutes * 60_000)).toBe(0);
    }
    // Whatever is not named here says what it deletes, before the operator has it run.
    const harmless: string[] = ["notify-expiring-tokens", "send-mail"];
    expect(JOB_NAMES.filter((name) => !(JOBS[name] as Job).deletes)).toEqual(harmless);
    const followers = Object.values<Job>(JOBS).flatMap(({ followedBy }) => followedBy ?? []);
    expect(JOB_NAMES).toEqual(expect.arrayContaining(followers));
    expect(cronOf({ everyMinutes: 60 })).toBe("0 * * * *");
    expect(cronOf({ everyMinutes: 5 })).toBe("*/5 * * * *");
  });

  it("is late after three intervals without success, counted from the first worker where that came later", () => {
    const hourly = { everyMinutes: 60 };
    const at = (succeededAt: Date | null, workedSince: Date | null) =>
      isLate(hourly, { succeededAt, workedSince }, NOW);
    // A new installation, and one that was off over the weekend.
    expect(at(null, minutes(-179))).toBe(false);
    expect(at(minutes(-3000), minutes(-5))).toBe(false);
    // A worker that has had its time.
    expect(at(null, minutes(-181))).toBe(true);
    expect(at(minutes(-181), minutes(-500))).toBe(true);
    expect(at(minutes(-179), minutes(-500))).toBe(false);
    // Nobody works.
    expect(at(null, null)).toBe(true);
    expect(at(minutes(-181), null)).toBe(true);
  });

  it("does nothing twice: run again at once, it counts nothing", async () => {
    const { db } = await freshDatabase({ max: 4 });
    const world = await makeWorld(db, { preset: "single_rotating", policy: { inactiveDays: 30 } });
    await world.addToken(world.viewer, { lastUsedAt: days(-31), createdAt: days(-100) });
    await world.addToken(world.user, { expiresAt: days(7), createdAt: days(-100) });
    await world.addToken(world.engineer, { expiresAt: NOW, createdAt: days(-180) });
    await world.addToken(world.admin, { deletedAt: days(-91) });
    const { mailer, given } = actingMailer();
    const totals = async () => {
      const counts: number[] = [];
      for (const name of JOB_NAMES) {
        const did: Record<string, number> = await JOBS[name].run({ ...jobContext({ db, mailer }), clock: () => NOW });
        counts.push(Object.values(did).reduce((sum, count) => sum + count, 0));
      }
      return counts;
    };
    expect((await totals()).every((count) => count > 0)).toBe(true);
    expect(given).toHaveLength(4);
    expect(await totals()).toEqual(JOB_NAMES.map(() => 0));
    expect(given).toHaveLength(4);
  });
});

describe("the runner", () => {
  // What two processes share is told by the worker's own test.
  it("runs what it is asked for, and stops when told to", async () => {
    const { db, url } = await freshDatabase({ max: 6 });
    const world = await makeWorld(db);
    await addMail(db, world, { count: 3 });
    const { mailer, given } = actingMailer();
    const troubles: string[] = [];
    const options = {
      url,
      db,
      mailer,
      publicUrl: PUBLIC_URL,
      tombstoneDays: 90,
      clock: () => NOW,
      lookEvery: 0.5,
      onTrouble: (message: string) => troubles.push(message),
    };
    const running = await startJobs(options);
    const asking = new PgBoss({ connectionString: url, max: 1 });
    await asking.start();
    onTestFinished(() => asking.stop({ graceful: false }));
    await Promise.all([1, 2, 3].map(() => asking.send("send-mail")));
    await until(
      async () =>
        (await db.$count(outbox)) === 3 && (await db.select().from(outbox)).every(({ state }) => state === "sent"),
    );
    expect((await listJobs(operatorSession(), contextOf(db))).workers).toEqual([
      { host: expect.stringMatching(/^[\w.-]+$/), pid: process.pid, since: expect.any(Date) },
    ]);
    await addMail(db, world, { count: 1 });
    expect(await askForRun(operatorSession(), { name: "send-mail" }, contextOf(db), url)).toMatchObject({ ok: true });
    await until(async () => given.length === 4);
    await expect(askForRun(operatorSession(false), { name: "send-mail" }, contextOf(db), url)).rejects.toThrow(
      "only the operator",
    );
    await running.stop();
    expect(troubles).toEqual([]);
    const rows = await db.select().from(jobRuns);
    expect(rows.find(({ name }) => name === "send-mail")?.failure).toBeNull();
    await asking.send("send-mail");
    expect(given).toHaveLength(4);
  });

  it("brings what an older version left to what holds now: bounds of queues, and schedules of jobs that are gone", async () => {
    const { db, url } = await freshDatabase({ max: 2 });
    const older = new PgBoss({ connectionString: url, max: 1 });
    await older.start();
    onTestFinished(() => older.stop({ graceful: false }));
    for (const name of ["send-mail", "count-beans"]) {
      await older.createQueue(name, { policy: "short", expireInSeconds: 60, retryLimit: 3 });
      await older.schedule(name, "*/7 * * * *");
    }
    const running = await startJobs({ url, db, mailer: null, publicUrl: PUBLIC_URL, tombstoneDays: 90 });
    onTestFinished(running.stop);
    expect(await older.getQueue("send-mail")).toMatchObject({ expireInSeconds: 900, retryLimit: 0 });
    const schedules = await older.getSchedules();
    expect(schedules.map(({ name }) => name).sort()).toEqual([...JOB_NAMES].sort());
    expect(schedules.find(({ name }) => name === "send-mail")?.cron).toBe("*/1 * * * *");
  });

  it("that cannot begin leaves nothing behind that goes on", async () => {
    const { db, url } = await freshDatabase({ max: 2 });
    const options = { url, db, mailer: null, publicUrl: PUBLIC_URL, tombstoneDays: 90 };
    await (await startJobs(options)).stop();
    await db.execute(sql`
      create function pgboss.not_now() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$`);
    await db.execute(sql`
      create trigger not_now before insert or update on pgboss.schedule for each row execute function pgboss.not_now()`);
    await expect(startJobs(options)).rejects.toThrow("not now");
    await until(async () => (await readWorkers(db)).length === 0);
  });

  it("is not asked for a run where nobody ever worked, and nothing is made for it", async () => {
    const { db, url } = await freshDatabase({ max: 2 });
    const asked = await askForRun(operatorSession(), { name: "clear-old" }, contextOf(db), url);
    expect(asked).toMatchObject({ ok: false, refusal: { code: "no_worker" } });
    const [schema] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from pg_namespace where nspname = 'pgboss'`,
    );
    expect(schema?.count).toBe(0);
    expect(await listJobs(operatorSession(), contextOf(db))).toMatchObject({ workers: [] });
  });

  it("calls its connections by host, process and start, whatever the host is called", () => {
    const since = new Date(Math.floor(NOW.getTime() / 1000) * 1000);
    for (const host of ["web-1.internal", "a b\n\u2028Ü", "x".repeat(300)]) {
      const name = workerName({ host, pid: 4_194_304, since });
      expect(name).toMatch(/^[\x20-\x7e]{1,63}$/);
      expect(readWorkerName(name)).toMatchObject({ pid: 4_194_304, since });
    }
    expect(readWorkerName("latchkey-jobs")).toBeNull();
    expect(readWorkerName("psql")).toBeNull();
  });
});

describe("the numbers of jobs", () => {
  it("are those of the whole installation, and left out while the database is away", async () => {
    const { db, end } = await freshDatabase({ max: 2 });
    await runJob("send-mail", counting({ sent: 3 }), jobContext({ db }), () => NOW);
    await addMail(db, await makeWorld(db), { count: 2 });
    const registry = new Registry();
    addJobMetrics(registry, { db, clock: () => minutes(1) });
    await runJob("clear-old", failing, jobContext({ db }), () => minutes(1)).catch(() => {});
    await db.update(outbox).set({ createdAt: minutes(-4) });
    const text = await registry.metrics();
    expect(text).toContain('latchkey_job_last_run_timestamp_seconds{job="clear-old"}');
    expect(text).toContain('latchkey_job_last_duration_seconds{job="clear-old"} 60');
    expect(text).toContain('latchkey_job_failing{job="clear-old"} 1');
    expect(text).toContain('latchkey_job_failing{job="send-mail"} 0');
    expect(text).not.toMatch(/latchkey_job_last_\w+\{job="expire-tokens"/);
    expect(text).toContain("latchkey_job_workers 0");
    expect(text).toContain("latchkey_outbox_oldest_seconds 300");
    expect(text).toContain('latchkey_outbox_messages{state="dead"} 0');
    expect(text).toContain(`latchkey_job_last_success_timestamp_seconds{job="send-mail"} ${NOW.getTime() / 1000}`);
    expect(text).toContain('latchkey_job_done_total{job="send-mail",what="sent"} 3');
    expect(text).toContain('latchkey_job_late{job="send-mail"} 0');
    expect(text).toContain('latchkey_job_late{job="clear-old"} 1');
    expect(text).toContain('latchkey_outbox_messages{state="waiting"} 2');
    await end();
    const away = await registry.metrics();
    expect(away).not.toContain('job="send-mail"');
    expect(away).not.toContain('state="waiting"');
    expect(away).not.toMatch(/^latchkey_(?:job_workers|outbox_oldest_seconds) /m);
  });
});
