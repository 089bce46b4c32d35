import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { freePort } from "@/scripts/launcher/embedded-postgres";
import { expect, test } from "./fixtures";
import { processTree, survivors } from "./processes";
import { startServer } from "./server";
import { type Cookies, openSession } from "./session";

const STOPS = Array.from({ length: 20 }, (_, round) => (["SIGKILL", "SIGINT", "SIGTERM"] as const)[round % 3]);
const WRITERS = 4;

/** The embedded database of a running server, read as the launcher left it in the data folder. */
async function connect(dataDir: string) {
  const { databasePassword } = JSON.parse(await readFile(join(dataDir, "secrets.json"), "utf8"));
  const port = (await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[3];
  return postgres(`postgres://latchkey:${databasePassword}@127.0.0.1:${port}/latchkey`, { max: 1 });
}

/** The id under which the build knows a server action. */
async function actionId(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(".next/server/server-reference-manifest.json", "utf8"));
  const found = Object.entries(manifest.node as Record<string, { exportedName?: string }>).find(
    ([, { exportedName }]) => exportedName === name,
  );
  if (!found) throw new Error(`the build has no action ${name}`);
  return found[0];
}

interface Writer {
  url: string;
  action: string;
  cookie: string;
  roleId: string;
  /** Ids of the tokens whose secret has reached us. */
  acknowledged: string[];
  /** Answers that a server in good health gave instead, of which there should be none. */
  refusals: string[];
}

/** Creates tokens as the dialog does, one after the other, until the server is gone. */
async function createTokens(writer: Writer, name: string): Promise<void> {
  const { url, action, cookie, roleId, acknowledged, refusals } = writer;
  for (let count = 0; ; count++) {
    try {
      const answer = await fetch(`${url}/settings/api-tokens`, {
        method: "POST",
        headers: { "next-action": action, origin: url, cookie, "content-type": "text/plain;charset=UTF-8" },
        body: JSON.stringify([{ name: `${name} ${count}`, role_id: roleId, expires_at: null }]),
      });
      const text = await answer.text();
      const id = /\blk_[a-z]{3}_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}\b/.exec(text)?.[1];
      if (id) acknowledged.push(id);
      else if (/"(?:refusal|invalid|signedOut)"/.test(text)) refusals.push(text);
      if (!id) return;
    } catch {
      return;
    }
  }
}

test("however it is stopped while tokens are created, no process stays and no acknowledged token or event is missing", async ({
  browser,
}) => {
  // biome-ignore lint/suspicious/noSkippedTests: only Linux lists its processes as files
  test.skip(process.platform !== "linux", "reads the list of processes in /proc");
  test.setTimeout(300_000);
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-stops-"));
  const port = await freePort();
  const acknowledged: string[] = [];
  const refusals: string[] = [];
  let roleId = "";
  let cookies: Cookies | undefined;
  try {
    const action = await actionId("createTokenAction");
    for (const [round, signal] of [...STOPS, "SIGTERM" as const].entries()) {
      const server = await startServer({ dataDir, port });
      const sql = await connect(dataDir);
      if (!cookies) {
        await sql`update token_policies set max_per_organization = null, max_per_issuer = null`;
        const [role] = await sql`
          select r.id from roles r join organizations o on o.id = r.organization_id where o.name = 'Acme' limit 1`;
        roleId = role?.id;
        cookies = await openSession(browser, server.url, "admin@acme.example");
      }
      const [kept] = await sql`
        select count(*)::int as tokens, count(e.id)::int as events
        from api_tokens t
        left join audit_events e on e.organization_id = t.organization_id and e.subject_kind = 'token'
          and e.subject_id = t.id and e.action = 'token.created'
        where t.id = any(${acknowledged})`;
      expect(kept, `after ${round} stops`).toEqual({ tokens: acknowledged.length, events: acknowledged.length });
      const [torn] = await sql`
        select count(*)::int as tokens from api_tokens t where t.name like 'stop %' and not exists (
          select from audit_events e where e.organization_id = t.organization_id and e.subject_id = t.id)`;
      expect(torn).toEqual({ tokens: 0 });
      await sql.end();

      const before = acknowledged.length;
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
      const writers = Array.from({ length: WRITERS }, (_, at) =>
        createTokens({ url: server.url, action, cookie, roleId, acknowledged, refusals }, `stop ${round} ${at}`),
      );
      await expect.poll(() => acknowledged.length, { intervals: [5] }).toBeGreaterThan(before + round);
      expect(refusals).toEqual([]);
      const processes = processTree(server.process.pid ?? 0);
      expect(processes.length).toBeGreaterThan(3);
      const gone = once(server.process, "exit");
      server.process.kill(signal);
      const [code] = await gone;
      await Promise.all(writers);
      await expect.poll(() => survivors(processes), { message: `after ${signal}` }).toEqual([]);
      if (signal !== "SIGKILL") expect(code).toBe(0);
      await server.stop();
    }
    expect(acknowledged.length).toBeGreaterThan(STOPS.length);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
    await rm(`${dataDir}.log`, { force: true });
  }
});
