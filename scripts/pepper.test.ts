import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { loadSecrets } from "./launcher/secrets";

function dataFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-pepper-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
}

/** As `npm run pepper` runs it. */
async function pepper(words: string[], variables: Record<string, string> = {}, dataDir = dataFolder()) {
  const cleared = { DATABASE_URL: "", AUTH_SECRET: "", TOKEN_PEPPERS: "" };
  const env = { ...process.env, ...cleared, DATA_DIR: dataDir, ...variables };
  const { code, out, err } = await new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ["--import", "tsx", "scripts/pepper.ts", ...words],
      { env },
      (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
  return { code, out, err, files: readdirSync(dataDir) };
}

it("changes nothing where the peppers are set by hand, and says how, without the secrets that are set", async () => {
  const [authSecret = "", ...secrets] = [1, 2, 3].map(() => randomBytes(32).toString("base64url"));
  const found = await pepper(["rotate"], {
    DATABASE_URL: "postgres://latchkey:of-the-database@127.0.0.1:1/none",
    TOKEN_PEPPERS: `k2:${secrets[0]},k1:${secrets[1]}`,
    AUTH_SECRET: authSecret,
  });
  expect(found).toMatchObject({ code: 0, err: "", files: [] });
  expect(found.out).toContain("Nothing was changed");
  const [, id, secret] = /^ {2}(\S+):(\S+)$/m.exec(found.out) ?? [];
  expect(["k1", "k2"]).not.toContain(id);
  expect(Buffer.from(secret ?? "", "base64url")).toHaveLength(32);
  expect(found.out).toContain("and use k2.");
  for (const told of [...secrets, "of-the-database", authSecret]) expect(found.out).not.toContain(told);
});

it("needs no secret of signing in to say how", async () => {
  const found = await pepper(["rotate"], {
    DATABASE_URL: "postgres://latchkey:of-the-database@127.0.0.1:1/none",
    TOKEN_PEPPERS: `k1:${randomBytes(32).toString("base64url")}`,
  });
  expect(found).toMatchObject({ code: 0, err: "", files: [] });
  expect(found.out).toContain("Nothing was changed");
});

it("makes a new one the current one in the data folder, and tells its name alone", async () => {
  const dataDir = dataFolder();
  const before = loadSecrets(dataDir);
  const { code, out, err } = await pepper(["rotate"], {}, dataDir);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("The current pepper is now k2; k1 only checks what was made with it before.");
  const { tokenPeppers, ...others } = loadSecrets(dataDir);
  expect({ ...others, tokenPeppers: tokenPeppers.split(",")[1] }).toEqual(before);
  for (const entry of tokenPeppers.split(",")) expect(out).not.toContain(entry.split(":")[1]);
});

it("refuses where no start has made secrets yet, and makes none", async () => {
  const found = await pepper(["rotate"]);
  expect(found).toMatchObject({ code: 1, out: "", files: [] });
  expect(found.err).toMatch(/^There is no .*: start Latchkey once, which makes it\.\n$/);
});

it.each([[[]], [["rotated"]], [["rotate", "twice"]]])("does nothing but say how it is used: %j", async (words) => {
  const found = await pepper(words);
  expect(found).toEqual({ code: 2, out: "", err: "npm run pepper -- rotate\n", files: [] });
});
