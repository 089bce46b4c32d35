import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockFolder } from "./data-folder-lock";
import { freePort, startEmbeddedPostgres } from "./embedded-postgres";

let dataDir: string;
let children: ChildProcess[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "latchkey-launcher-"));
});

afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  rmSync(dataDir, { recursive: true, force: true });
});

/** A process of its own that runs `code` with the launcher's modules and then stays. Resolves with its first line. */
async function inAnotherProcess(code: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "-e", `${code}; setInterval(() => {}, 1000)`],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  children.push(child);
  const [chunk] = await once(child.stdout!, "data");
  return { child, said: String(chunk).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

const postmaster = () => Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);

function isRunning(pid: number): boolean {
  try {
    // A dead process that nobody has collected yet has no command line.
    return readFileSync(`/proc/${pid}/cmdline`, "utf8") !== "";
  } catch {
    return false;
  }
}

const gone = (pid: number) => vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000, interval: 20 });

async function query<T>(url: string, act: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await act(sql);
  } finally {
    await sql.end();
  }
}

const startPostgres = () =>
  inAnotherProcess(`
    const { startEmbeddedPostgres } = await import(${JSON.stringify(join(import.meta.dirname, "embedded-postgres.ts"))});
    console.log((await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} })).url)`);

describe("the embedded database", () => {
  it("checks its pages, compares text the same way everywhere, and wants a password that only its owner can read", async () => {
    const server = await startEmbeddedPostgres({ dataDir, fast: true });
    try {
      const facts = await query(server.url, async (sql) => {
        const [row] = await sql`
          select current_setting('data_checksums') as checksums, current_setting('server_encoding') as encoding,
                 current_setting('listen_addresses') as addresses, current_setting('is_superuser') as superuser,
                 (select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'latchkey') as locale`;
        return row;
      });
      expect(facts).toEqual({
        checksums: "on",
        encoding: "UTF8",
        addresses: "127.0.0.1",
        superuser: "off",
        locale: "b C.UTF-8",
      });
      expect(statSync(join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
      expect(statSync(join(dataDir, "postgres")).mode & 0o777).toBe(0o700);
      expect(existsSync(join(dataDir, "initdb-password"))).toBe(false);
      const stranger = server.url.replace(/:[^:@]+@/, ":wrong@");
      await expect(query(stranger, (sql) => sql`select 1`)).rejects.toMatchObject({ code: "28P01" });
    } finally {
      await server.stop();
    }
  });

  it.runIf(process.platform === "linux")("dies with its launcher, and keeps what was committed", async () => {
    const { child, said: url } = await startPostgres();
    const pid = postmaster();
    await query(url, (sql) => sql`create table kept as select 42 as answer`);
    await kill(child);
    await gone(pid);

    const server = await startEmbeddedPostgres({ dataDir });
    try {
      expect(await query(server.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
    } finally {
      await server.stop();
    }
    expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
  });

  it("comes back on the same port when it is killed itself, with everything committed", async () => {
    const restarted = vi.fn();
    const server = await startEmbeddedPostgres({ dataDir, onRestart: restarted });
    try {
      const pid = postmaster();
      await query(server.url, (sql) => sql`create table kept as select 42 as answer`);
      process.kill(pid, "SIGKILL");
      await vi.waitFor(() => expect(restarted).toHaveBeenCalledOnce(), { timeout: 15_000 });
      expect(postmaster()).not.toBe(pid);
      expect(await query(server.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
    } finally {
      await server.stop();
    }
  });

  it("starts over a postmaster.pid whose process is gone or has become somebody else's", async () => {
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop();
    const bystander = spawn("sleep", ["60"]);
    children.push(bystander);
    for (const pid of [bystander.pid, 2 ** 22 - 1]) {
      writeFileSync(join(dataDir, "postgres", "postmaster.pid"), `${pid}\n${dataDir}/postgres\n`);
      await (await startEmbeddedPostgres({ dataDir, fast: true })).stop();
    }
    expect(bystander.exitCode).toBeNull();
    expect(bystander.signalCode).toBeNull();
  });

  it("makes no new secrets for a database whose secrets are lost", async () => {
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop();
    rmSync(join(dataDir, "secrets.json"));
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(/secrets\.json is missing/);
    expect(existsSync(join(dataDir, "secrets.json"))).toBe(false);
  });

  it("leaves nothing that looks like a database, and no process, when its making is interrupted", async () => {
    const interruption = new AbortController();
    const starting = startEmbeddedPostgres({ dataDir, signal: interruption.signal });
    setImmediate(() => interruption.abort());
    await expect(starting).rejects.toThrow(/abort/i);
    expect(existsSync(join(dataDir, "postgres"))).toBe(false);
    await (await startEmbeddedPostgres({ dataDir, fast: true })).stop();
  });
});

describe("the data folder's lock", () => {
  it("names its holder to whoever comes second, and is free once released", async () => {
    const first = await lockFolder(dataDir);
    expect(await lockFolder(dataDir)).toEqual({ ok: false, holder: String(process.pid) });
    if (first.ok) first.release();
    const next = await lockFolder(dataDir);
    expect(next.ok).toBe(true);
    if (next.ok) next.release();
  });

  it("is free when its holder was killed", async () => {
    const { child, said } = await inAnotherProcess(`
      const { lockFolder } = await import(${JSON.stringify(join(import.meta.dirname, "data-folder-lock.ts"))});
      console.log((await lockFolder(${JSON.stringify(dataDir)})).ok)`);
    expect(said).toBe("true");
    expect(await lockFolder(dataDir)).toEqual({ ok: false, holder: String(child.pid) });
    await kill(child);
    const lock = await lockFolder(dataDir);
    expect(lock.ok).toBe(true);
    if (lock.ok) lock.release();
  });

  it("has one holder when several start at once over a killed one", async () => {
    const { child } = await inAnotherProcess(`
      const { lockFolder } = await import(${JSON.stringify(join(import.meta.dirname, "data-folder-lock.ts"))});
      console.log((await lockFolder(${JSON.stringify(dataDir)})).ok)`);
    await kill(child);
    const locks = await Promise.all(Array.from({ length: 5 }, () => lockFolder(dataDir)));
    expect(locks.filter(({ ok }) => ok)).toHaveLength(1);
    for (const lock of locks) if (lock.ok) lock.release();
  });
});

describe("a start that cannot succeed", () => {
  function start(variables: Record<string, string>): Promise<{ code: number; said: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ["scripts/start.mjs"], {
        env: { ...process.env, DATABASE_URL: "", PORT: "", GATE_PORT: "off", DATA_DIR: dataDir, ...variables },
        stdio: ["ignore", "pipe", "pipe"],
      });
      children.push(child);
      let said = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk) => {
          said += chunk;
        });
      }
      child.on("close", (code) => resolve({ code: code ?? -1, said: said.trim() }));
    });
  }

  it("says in a sentence that the folder is in use, and by whom", async () => {
    const lock = await lockFolder(dataDir);
    const { code, said } = await start({ PORT: String(await freePort()) });
    expect(said).toMatch(
      new RegExp(`^Latchkey already runs on the data folder .* \\(process ${process.pid}\\): .*\\.$`),
    );
    expect(code).toBe(1);
    expect(existsSync(join(dataDir, "postgres"))).toBe(false);
    if (lock.ok) lock.release();
  });

  it("says in a sentence that the port is taken, and starts nothing", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = address && typeof address === "object" ? address.port : 0;
    const { code, said } = await start({ PORT: String(port) });
    expect(said).toMatch(new RegExp(`^PORT ${port} is already in use on 127\\.0\\.0\\.1: .*\\.$`));
    expect(code).toBe(1);
    expect(existsSync(join(dataDir, "secrets.json"))).toBe(false);
    const elsewhere = join(dataDir, "not made yet");
    expect((await start({ PORT: String(port), DATA_DIR: elsewhere })).code).toBe(1);
    expect(existsSync(elsewhere)).toBe(false);
    other.close();
  });

  it("says in a sentence that the gate's port is taken, and starts nothing", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = address && typeof address === "object" ? address.port : 0;
    const { code, said } = await start({ PORT: String(await freePort()), GATE_PORT: String(port) });
    expect(said).toMatch(new RegExp(`^GATE_PORT ${port} is already in use on 127\\.0\\.0\\.1: .*\\.$`));
    expect(code).toBe(1);
    expect(existsSync(join(dataDir, "secrets.json"))).toBe(false);
    other.close();
  });

  it("says in a sentence which variable is wrong", async () => {
    expect(await start({ PORT: "http" })).toEqual({
      code: 1,
      said: "PORT must be a whole number from 1 to 65535.",
    });
  });

  it("says in a sentence that the data folder cannot be used", async () => {
    writeFileSync(join(dataDir, "file"), "");
    const { code, said } = await start({ PORT: String(await freePort()), DATA_DIR: join(dataDir, "file") });
    expect(said.split("\n")).toHaveLength(1);
    expect(said).toContain("DATA_DIR");
    expect(code).toBe(1);
  });
});
