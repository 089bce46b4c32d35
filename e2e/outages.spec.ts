import { expect, test } from "@playwright/test";
import { type Fleet, hammer, startFleet, type Token } from "./fleet";
import { processTree } from "./processes";

/** Two apps and a gate; the second app may answer from memory for 30 seconds while the database is away. */

const STALE_SECONDS = 30;

let fleet: Fleet;
let administrator: Token;
let good: Token;
let deleted: Token;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  fleet = await startFleet({ VERIFY_STALE_SECONDS: String(STALE_SECONDS) });
  administrator = await fleet.newToken(fleet.world.admin);
  good = await fleet.newToken(fleet.world.user);
  deleted = await fleet.newToken(fleet.world.user);
  for (const { ask } of fleet.instances) {
    for (const { secret } of [administrator, good, deleted]) await untilAnswered(ask, secret, 200);
  }
  await remove(deleted);
  for (const { ask } of fleet.instances) await untilAnswered(ask, deleted.secret, 401);
});

test.afterAll(async () => fleet?.stop());

type Ask = Fleet["instances"][0]["ask"];

const untilAnswered = (ask: Ask, secret: string, status: number) =>
  expect.poll(async () => (await ask(secret)).status, { intervals: [10] }).toBe(status);

const asAdministrator = (at: number, path: string, init: RequestInit) =>
  fetch(`${fleet.instances[at]?.url}/api/v1${path}`, {
    ...init,
    headers: { authorization: `Bearer ${administrator.secret}`, "content-type": "application/json" },
  });

async function remove({ id }: Token): Promise<void> {
  const answer = await asAdministrator(0, `/tokens/${id}`, { method: "DELETE" });
  expect(answer.status, await answer.text()).toBe(200);
}

/**
 * Asks all three with a good and a deleted token on and on while `outage` happens: nobody is let in or turned away wrongly,
 * everybody hears something within two seconds, and ten seconds after its end all is well again in the same processes.
 */
async function under(outage: (loads: ReturnType<typeof hammer>[]) => Promise<unknown>): Promise<void> {
  const processes = fleet.instances.map(({ process }) => process.pid);
  const [goodLoads, deletedLoads] = [good, deleted].map(({ secret }) =>
    fleet.instances.map((instance) => hammer(instance, secret, 1)),
  ) as [ReturnType<typeof hammer>[], ReturnType<typeof hammer>[]];
  await outage(goodLoads);
  const endedAt = performance.now();
  const well = (load: (typeof goodLoads)[number], status: number) => {
    const last = load.answers.slice(-20);
    return last.length === 20 && last.every((answer) => answer.status === status && answer.sentAt > endedAt);
  };
  await expect
    .poll(() => [...goodLoads.map((load) => well(load, 200)), ...deletedLoads.map((load) => well(load, 401))], {
      intervals: [20],
      timeout: 20_000,
    })
    .not.toContain(false);
  await Promise.all([...goodLoads, ...deletedLoads].map(({ stop }) => stop()));
  const mixed = (loads: typeof goodLoads) =>
    loads.flatMap(({ instance, answers }) => answers.map(({ status }) => `${instance.name} ${status}`));
  const allowed = (status: number) => fleet.instances.flatMap(({ name }) => [`${name} ${status}`, `${name} 503`]);
  expect(mixed(goodLoads).filter((answer) => !allowed(200).includes(answer))).toEqual([]);
  expect(mixed(deletedLoads).filter((answer) => !allowed(401).includes(answer))).toEqual([]);
  for (const { answers, instance } of [...goodLoads, ...deletedLoads]) {
    expect(Math.max(...answers.map(({ took }) => took)), instance.name).toBeLessThan(2000);
    const away = answers.filter(({ sentAt, status }) => sentAt > endedAt && status === 503);
    expect(Math.max(0, ...away.map(({ sentAt }) => sentAt - endedAt)), instance.name).toBeLessThan(10_000);
  }
  expect(fleet.instances.map(({ process }) => process.pid)).toEqual(processes);
  for (const { process } of fleet.instances) expect(process.exitCode).toBeNull();
}

/** Answers since `from` of the first app and the gate, which have nothing to say without the database. */
const heardAway = (loads: ReturnType<typeof hammer>[]) =>
  loads.filter((_, at) => at !== 1).every(({ answers }) => answers.filter(({ status }) => status === 503).length > 2);

test("a database that stands still lets nobody in wrongly and turns nobody away, and all is well when it goes on", async () => {
  // biome-ignore lint/suspicious/noSkippedTests: only Linux lists its processes as files
  test.skip(process.platform !== "linux", "reads the list of processes in /proc");
  await under(async (loads) => {
    const signal = (name: NodeJS.Signals) => {
      for (const { pid } of processTree(fleet.postmaster())) process.kill(pid, name);
    };
    signal("SIGSTOP");
    try {
      await expect.poll(() => heardAway(loads), { intervals: [20], timeout: 30_000 }).toBe(true);
      await expectStaleReads();
    } finally {
      signal("SIGCONT");
    }
  });
});

/** With `VERIFY_STALE_SECONDS` what is in memory goes on being read; nothing is minted, changed or let in anew. */
async function expectStaleReads(): Promise<void> {
  const [, { ask }] = fleet.instances;
  await untilAnswered(ask, good.secret, 200);
  expect((await ask(deleted.secret)).status).not.toBe(200);
  const body = JSON.stringify({ name: "Minted in the dark", role_id: fleet.world.roleIds.user });
  const minted = await asAdministrator(1, "/tokens", { method: "POST", body });
  expect([minted.status, await minted.text()]).toEqual([503, expect.stringContaining('"unavailable"')]);
}

for (const [name, signal] of [
  ["is killed", "SIGKILL"],
  ["is stopped in an orderly way", "SIGINT"],
] as const) {
  test(`a database that ${name} and started again lets nobody in wrongly and turns nobody away`, async () => {
    await under(async () => {
      const before = fleet.postmaster();
      process.kill(before, signal);
      await expect
        .poll(() => reachable() && fleet.postmaster() !== before, { intervals: [20], timeout: 30_000 })
        .toBe(true);
      await expect.poll(answers, { intervals: [20], timeout: 30_000 }).toBe(true);
    });
  });
}

const reachable = () => {
  try {
    return fleet.postmaster() > 0;
  } catch {
    return false;
  }
};
const answers = () =>
  fleet.sql`select`.then(
    () => true,
    () => false,
  );

for (const way of ["cut", "silence"] as const) {
  test(`the gate, alone cut off from the database (${way}), lets nobody in whom the others have turned away, and is back by itself`, async () => {
    const [, , gate] = fleet.instances;
    const doomed = await fleet.newToken(fleet.world.user);
    await untilAnswered(gate.ask, doomed.secret, 200);
    await under(async (loads) => {
      await gate.line[way]();
      await remove(doomed);
      const removedAt = performance.now();
      const load = hammer(gate, doomed.secret, 1);
      const away = () => [...load.answers, ...(loads[2]?.answers ?? [])].filter(({ status }) => status === 503).length;
      await expect.poll(away, { intervals: [20], timeout: 30_000 }).toBeGreaterThan(5);
      await expect.poll(() => performance.now() - removedAt, { intervals: [20] }).toBeGreaterThan(2000);
      await gate.line.mend();
      await expect.poll(() => load.answers.at(-1)?.status, { intervals: [20], timeout: 10_000 }).toBe(401);
      await load.stop();
      const wrong = load.answers.filter(({ status, sentAt }) => status === 200 && sentAt - removedAt > 1000);
      expect(wrong).toEqual([]);
    });
  });
}

async function countedOf({ id }: Token): Promise<number> {
  const [row] = await fleet.sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from token_usage where token_id = ${id} and outcome = 'allowed'`;
  return row?.calls ?? 0;
}

for (const at of [1, 2] as const) {
  test(`${at === 1 ? "an app" : "a gate"} that is told to stop while it is called has counted every call that it answered`, async () => {
    const instance = fleet.instances[at];
    const token = await fleet.newToken(fleet.world.user);
    const load = hammer(instance, token.secret, 4);
    await expect.poll(() => load.answers.length, { intervals: [5] }).toBeGreaterThan(200);
    await instance.stop();
    await load.stop();
    expect(new Set(load.answers.map(({ status }) => status))).toEqual(new Set([200, 0]));
    expect(await countedOf(token)).toBe(load.answers.filter(({ status }) => status === 200).length);
    const [row] = await fleet.sql`select stopped_at is not null as stopped from instances where id = ${instance.id}`;
    expect(row).toEqual({ stopped: true });
  });
}

test("an app that is killed has lost no more than what it had not written for a second", async () => {
  // biome-ignore lint/suspicious/noSkippedTests: as above
  test.skip(process.platform !== "linux", "reads the list of processes in /proc");
  const [app] = fleet.instances;
  const token = await fleet.newToken(fleet.world.user);
  const load = hammer(app, token.secret, 4);
  await expect.poll(() => countedOf(token), { intervals: [20] }).toBeGreaterThan(0);
  const killedAt = performance.now();
  for (const { pid } of processTree(app.process.pid ?? 0)) process.kill(pid, "SIGKILL");
  await expect.poll(() => load.answers.at(-1)?.status, { intervals: [5] }).toBe(0);
  await load.stop();
  const answered = load.answers.filter(({ status }) => status === 200);
  const counted = await countedOf(token);
  // A write begins a second after the first call that it counts, and takes its own time.
  const old = answered.filter(({ sentAt, took }) => sentAt + took < killedAt - 1500);
  expect(counted).toBeGreaterThanOrEqual(old.length);
  expect(counted).toBeLessThanOrEqual(answered.length + 4);
  console.log(`killed: ${answered.length - counted} of ${answered.length} calls are not counted`);
});
