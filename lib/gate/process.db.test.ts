import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { connect, createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "@/scripts/launcher/embedded-postgres";
import { freshDatabase } from "@/test/database";
import { until } from "@/test/instance";
import { makeWorld } from "@/test/world";

/** As `npm run gate` starts it. What it says comes together in `said`. */
function startProcess(variables: Record<string, string>) {
  const child = spawn(process.execPath, ["scripts/gate.mjs"], {
    env: { ...process.env, AUTH_SECRET: "", LOG_LEVEL: "info", npm_lifecycle_event: undefined, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const running = { child, said: "", ended: once(child, "exit") as Promise<[number | null, string | null]> };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      running.said += chunk;
    });
  }
  return running;
}

/** A gate process on a database and an organization of its own. */
async function serve(variables: Record<string, string> = {}) {
  const database = await freshDatabase();
  const world = await makeWorld(database.db);
  const port = await freePort();
  const running = startProcess({ DATABASE_URL: database.url, GATE_PORT: String(port), ...variables });
  await until(() => running.said.includes("ready at") || running.child.exitCode !== null);
  expect(running.said).toBe(`ready at http://127.0.0.1:${port}\n`);
  return { ...database, world, port, running, child: running.child };
}

interface Told {
  status: number;
  closes: boolean;
}

/** One call over `agent`'s connection; rejects with the system's code where it gets no answer. */
function call(port: number, agent: Agent, secret: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}` };
    const asking = request({ port, agent, path: "/verify", headers }, (response) => {
      response.resume();
      const told = { status: response.statusCode ?? 0, closes: response.headers.connection === "close" };
      response.on("end", () => resolve(told));
    });
    asking.on("error", reject);
    asking.end();
  });
}

/** Calls over one connection until it gets no more: how many were answered, and what became of the first that was not. */
async function callOn(port: number, secret: string, onAnswer: () => void) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let answered = 0;
  try {
    for (;;) {
      const { status } = await call(port, agent, secret);
      if (status !== 200) return { answered, end: String(status) };
      answered++;
      onAnswer();
    }
  } catch (error) {
    return { answered, end: (error as { code?: string }).code ?? "unknown" };
  } finally {
    agent.destroy();
  }
}

const kill = (child: ChildProcess, signal: NodeJS.Signals) => child.kill(signal);

describe("the gate as a process", () => {
  it("answers under load every request that it took when it is told to end, and counts each exactly once", async () => {
    const { world, port, running, sql } = await serve();
    const token = await world.addToken(world.user);
    let calls = 0;
    const callers = Array.from({ length: 16 }, () =>
      callOn(port, token.secret, () => {
        if (++calls === 2000) kill(running.child, "SIGTERM");
      }),
    );
    const ends = await Promise.all(callers);
    expect(await running.ended).toEqual([143, null]);
    // Each connection ended with an answer; the next one found nobody listening, or was never taken from the queue of those
    // that the system had shaken hands with. A request that was taken and not answered would be one too many in the count.
    for (const { end } of ends) expect(["ECONNREFUSED", "ECONNRESET"]).toContain(end);
    const answered = ends.reduce((sum, { answered }) => sum + answered, 0);
    const [row] = await sql`
      select sum(calls)::int as calls, (select count(*)::int from instances where stopped_at is not null) as signed_off
      from token_usage where token_id = ${token.id} and outcome = 'allowed'`;
    expect(row).toEqual({ calls: answered, signed_off: 1 });
    expect(running.said).not.toContain(token.secret);
  });

  it("loses no count where it ends by a mistake of its own, and says so", async () => {
    const mistake = "process.on('SIGUSR2', () => { throw new Error('unforeseen'); })";
    const { world, port, running, sql } = await serve({
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(mistake)}`,
    });
    const token = await world.addToken(world.user);
    const agent = new Agent();
    expect(await call(port, agent, token.secret)).toMatchObject({ status: 200 });
    agent.destroy();
    kill(running.child, "SIGUSR2");
    expect(await running.ended).toEqual([1, null]);
    expect(running.said).toContain("the gate ends by a mistake of its own");
    const [row] = await sql`
      select sum(calls)::int as calls, (select count(*)::int from instances where stopped_at is not null) as signed_off
      from token_usage where token_id = ${token.id} and outcome = 'allowed'`;
    expect(row).toEqual({ calls: 1, signed_off: 1 });
  });

  it("ends by SIGINT as by SIGTERM, and by a second signal without waiting for what is under way", async () => {
    const { running } = await serve();
    kill(running.child, "SIGINT");
    expect(await running.ended).toEqual([130, null]);

    const again = await serve();
    const socket = connect(again.port, "127.0.0.1");
    socket.on("error", () => {});
    await once(socket, "connect");
    socket.write("GET /verify HTTP/1.1\r\nHost: gate\r\nX-Never: ");
    await until(() => {
      kill(again.child, "SIGTERM");
      return again.child.exitCode !== null;
    });
    expect(again.child.exitCode).toBe(130);
  });

  it.each([
    [{ TOKEN_PEPPERS: "" }, /^TOKEN_PEPPERS must be set when DATABASE_URL is, .*\.$/],
    [{ TOKEN_PEPPERS: "k1:c2hvcnQ" }, /^TOKEN_PEPPERS must hold at least 32 bytes each; "k1" has 5\.$/],
    [
      { TOKEN_PEPPERS: `k1:${Buffer.alloc(32).toString("base64url")}` },
      /^TOKEN_PEPPERS must be random bytes; "k1" is an example value\.$/,
    ],
    [{ DATABASE_URL: "" }, /^DATABASE_URL must be set; .*\.$/],
    [{ GATE_PORT: "off" }, /^GATE_PORT is off: .*\.$/],
    [{ GATE_TRUSTED_PROXIES: "some" }, /^GATE_TRUSTED_PROXIES must be a whole number from 0 to 16\.$/],
  ])("refuses to start, in a sentence: %j", async (variables, sentence) => {
    const given = { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", GATE_PORT: String(await freePort()) };
    const pepper = { TOKEN_PEPPERS: `k1:${randomBytes(32).toString("base64url")}` };
    const running = startProcess({ ...pepper, ...given, ...variables });
    expect(await running.ended).toEqual([1, null]);
    await until(() => running.said.endsWith("\n"));
    expect(running.said.trim()).toMatch(sentence);
  });

  it("listens on loopback wherever the console does, unless it is told so itself", async () => {
    // `serve` looks for a line that says 127.0.0.1.
    await serve({ HOST: "0.0.0.0" });
    const running = startProcess({
      DATABASE_URL: "postgres://latchkey@127.0.0.1:1/none",
      HOST: "127.0.0.1",
      GATE_HOST: "192.0.2.1",
      GATE_PORT: String(await freePort()),
    });
    expect((await running.ended)[0]).toBe(1);
    expect(running.said).toBe("GATE_HOST 192.0.2.1 is not an address of this machine.\n");
  });

  it("says in a sentence that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void other.close());
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const running = startProcess({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", GATE_PORT: String(port) });
    expect(await running.ended).toEqual([1, null]);
    expect(running.said.trim()).toMatch(new RegExp(`^GATE_PORT ${port} is already in use on 127\\.0\\.0\\.1: .*\\.$`));
  });

  it("starts where the database is away, and says that it cannot serve", async () => {
    const port = await freePort();
    const running = startProcess({ DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", GATE_PORT: String(port) });
    await until(() => running.said.includes("ready at"));
    const answers = await Promise.all(["/healthz", "/readyz"].map((path) => fetch(`http://127.0.0.1:${port}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 503]);
    kill(running.child, "SIGTERM");
    expect(await running.ended).toEqual([143, null]);
  });
});
