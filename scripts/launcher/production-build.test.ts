import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isBuildCurrent, sourceDigest } from "./production-build";

it("uses a build again only while all that it left is there, and of the same sources", () => {
  const root = mkdtempSync(join(tmpdir(), "latchkey-build-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const built = (entry: string) => join(root, ".next", entry);
  writeFileSync(join(root, "page.ts"), "one");
  expect(isBuildCurrent(root)).toBe(false);
  for (const folder of ["server", "node_modules"]) mkdirSync(built(folder), { recursive: true });
  writeFileSync(built("BUILD_ID"), "1");
  writeFileSync(built("source-digest"), [sourceDigest(root), "BUILD_ID", "server", "node_modules"].join("\n"));
  expect(isBuildCurrent(root)).toBe(true);
  rmSync(built("node_modules"), { recursive: true });
  expect(isBuildCurrent(root)).toBe(false);
  mkdirSync(built("node_modules"));
  expect(isBuildCurrent(root)).toBe(true);
  writeFileSync(join(root, "page.ts"), "two");
  expect(isBuildCurrent(root)).toBe(false);
});
