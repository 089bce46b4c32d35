import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parseEnvironment } from "@/lib/env";
import { loadSecrets, rotatePepper } from "./secrets";
import { StartProblem } from "./start-problem";

function dataDir() {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it("puts a new pepper in front, keeps the old ones and everything else, readable by the owner alone", () => {
  const folder = dataDir();
  const before = loadSecrets(folder);
  expect(rotatePepper(folder)).toEqual({ current: "k2", retired: ["k1"] });
  expect(rotatePepper(folder)).toEqual({ current: "k3", retired: ["k2", "k1"] });
  const after = loadSecrets(folder);
  expect(after).toEqual({ ...before, tokenPeppers: expect.stringMatching(/^k3:[\w-]{43},k2:[\w-]{43},k1:/) });
  expect(after.tokenPeppers.endsWith(before.tokenPeppers)).toBe(true);
  expect(parseEnvironment({ TOKEN_PEPPERS: after.tokenPeppers })).toMatchObject({ ok: true });
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
});

it("makes no secrets where there are none, and touches none that are damaged", () => {
  const folder = dataDir();
  expect(() => rotatePepper(folder)).toThrow(StartProblem);
  const file = join(folder, "secrets.json");
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, "{}");
  expect(() => rotatePepper(folder)).toThrow(StartProblem);
  expect(readFileSync(file, "utf8")).toBe("{}");
});
