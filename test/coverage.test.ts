import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROWS = readFileSync("docs/coverage.md", "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, id, says, proof] = /^\| ([A-Z]\d+) \| (.+) \| (.+) \|$/.exec(line) ?? [];
    return id && says && proof ? [{ id, says, proof }] : [];
  });

/** Each file that a cell names, with the tests that it quotes after it. */
function proofsIn(cell: string) {
  return [...cell.matchAll(/`([\w/.()[\]-]+\.tsx?)`((?:[^`"]*"[^"]+")*)/g)].map(([, file = "", quoted = ""]) => ({
    file,
    tests: [...quoted.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
  }));
}

describe("docs/coverage.md", () => {
  it("numbers every sentence once, and says of each what proves it or why there is nothing to prove", () => {
    const ids = ROWS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(80);
    const idle = ROWS.filter(({ proof }) => proofsIn(proof).length === 0 && !/^(?:No|As [A-Z]\d+)\b/.test(proof));
    expect(idle).toEqual([]);
  });

  it("names tests that exist", () => {
    const missing = ROWS.flatMap(({ id, proof }) =>
      proofsIn(proof).flatMap(({ file, tests }) => {
        if (!existsSync(file)) return [`${id}: there is no ${file}`];
        const code = readFileSync(file, "utf8");
        return tests.filter((name) => !code.includes(name)).map((name) => `${id}: ${file} has no test "${name}"`);
      }),
    );
    expect(missing).toEqual([]);
  });
});
