import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { expect, it, onTestFinished } from "vitest";
import { createDatabase, type Db } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { signingKeys } from "@/db/schema";
import { parseEnvironment } from "@/lib/env";
import { currentSigningKey } from "@/lib/oauth/signing-keys";
import { readPeppers } from "@/lib/tokens/token-peppers";
import { freshDatabase } from "@/test/database";
import { openDataFolder } from "./launcher/open-data-folder";
import { newPepper } from "./launcher/secrets";

const peppersOf = (list: string) => {
  const parsed = parseEnvironment({ TOKEN_PEPPERS: list }, []);
  return readPeppers((parsed.ok && parsed.env.TOKEN_PEPPERS) || []);
};

/** As `npm run keys` runs it. */
async function keys(words: string[], variables: Record<string, string>) {
  const cleared = { DATABASE_URL: "", AUTH_SECRET: "", TOKEN_PEPPERS: "" };
  const env = { ...process.env, ...cleared, ...variables };
  return new Promise<{ code: number; out: string; err: string }>((done) => {
    const child = execFile(process.execPath, ["--import", "tsx", "scripts/keys.ts", ...words], { env }, (_, out, err) =>
      done({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** The line of each key, of its id and its standing. */
const standings = (out: string) => out.split("\n").filter((line) => /^\S{43} {2}/.test(line));

async function expectLifeOfAKey(db: Db, pepper: string, variables: Record<string, string>) {
  const { kid } = await currentSigningKey(db, peppersOf(pepper));
  expect(standings((await keys(["list"], variables)).out)).toEqual([`${kid}  SIGNS NOW`]);
  const first = await keys(["retire", kid], variables);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toMatch(/^Retired: whatever it signed is refused here at the next check\./);
  const again = await keys(["retire", kid], variables);
  expect(again).toMatchObject({ code: 0, err: "" });
  expect(again.out).toMatch(/^Nothing was changed: since \d{4}-.* UTC, nothing that it signed is believed\.\n$/);
  const next = await currentSigningKey(db, peppersOf(pepper));
  const listed = await keys(["list"], variables);
  expect(listed).toMatchObject({ code: 0, err: "" });
  expect(standings(listed.out)).toEqual([`${kid}  RETIRED`, `${next.kid}  SIGNS NOW`]);
  for (const line of listed.out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
}

it("lists the keys of a database that is named, says which one signs, and retires one once", async () => {
  const { db, url } = await freshDatabase();
  const { entry } = newPepper([]);
  await expectLifeOfAKey(db, entry, { DATABASE_URL: url });
  const [{ id = "" } = {}] = await db.select().from(signingKeys);
  // One that no pepper opens any more signs nothing.
  const { out } = await keys(["list"], { DATABASE_URL: url, TOKEN_PEPPERS: newPepper(["k1"]).entry });
  expect(out).not.toContain("SIGNS NOW");
  expect(out).toContain("No key signs now.");
  await db.delete(signingKeys).where(eq(signingKeys.id, id));
  expect(await keys(["retire", id], { DATABASE_URL: url })).toMatchObject({ code: 1, out: "" });
}, 60_000);

it("finds the embedded database, whether Latchkey runs on it or not, and leaves it as it was", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-keys-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const folder = await openDataFolder(dataDir);
  const { tokenPeppers } = folder.secrets;
  const database = createDatabase(folder.url, { max: 1 });
  try {
    expect((await keys(["list"], { DATA_DIR: dataDir })).err).toContain("start this version of Latchkey once");
    await migrateDatabase(folder.url);
    await expectLifeOfAKey(database.db, tokenPeppers, { DATA_DIR: dataDir });
  } finally {
    await database.end();
    await folder.close();
  }
  const alone = await keys(["list"], { DATA_DIR: dataDir });
  expect(alone).toMatchObject({ code: 0, err: "" });
  expect(standings(alone.out)).toHaveLength(2);
  expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
}, 120_000);

it("makes nothing where Latchkey never ran, and says how it is used", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-keys-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const none = await keys(["list"], { DATA_DIR: dataDir });
  expect(none).toMatchObject({ code: 1, out: "" });
  expect(none.err).toMatch(/^There is no .*: start Latchkey once, which makes it\.\n$/);
  for (const words of [[], ["retire"], ["list", "all"]])
    expect(await keys(words, { DATA_DIR: dataDir })).toMatchObject({ code: 2, out: "" });
  expect(readdirSync(dataDir)).toEqual([]);
}, 30_000);
