import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "@/clients/cli/commands";
import { EXIT } from "@/clients/cli/exit-codes";
import { overview } from "@/clients/cli/help";
import { VERSION } from "@/clients/cli/run";
import { Latchkey } from "@/clients/typescript/latchkey";
import { ENDPOINTS } from "@/lib/http/api-reference";
import { openApiDocument } from "@/lib/http/openapi/document";
import { CLI_BUNDLE, cliBundle } from "./cli-bundle";
import type { OpenApiDocument } from "./openapi-document";
import { TYPESCRIPT_CLIENT, typescriptClient } from "./typescript-client";

const document = openApiDocument("https://tokens.example.com") as unknown as OpenApiDocument;
const operations = Object.values(document.paths)
  .flatMap((item) => Object.values(item))
  .map(({ operationId }) => operationId);

const METHODS = ENDPOINTS.map(({ clientMethod }) => clientMethod);

describe("the TypeScript client", () => {
  it("is what the OpenAPI document of now makes of it: `npm run clients` makes it again", async () => {
    expect(readFileSync(TYPESCRIPT_CLIENT, "utf8")).toBe(await typescriptClient(document));
  });

  it("compiles in the strictest of projects, which has the types of no runtime but those of the web", () => {
    const flags = [
      "--ignoreConfig --noEmit --strict --exactOptionalPropertyTypes --erasableSyntaxOnly --noUncheckedIndexedAccess",
      "--noPropertyAccessFromIndexSignature --noImplicitReturns --noUnusedLocals --noUnusedParameters --isolatedModules",
      "--verbatimModuleSyntax --lib ES2022,DOM,DOM.Iterable --target ES2022 --module nodenext",
    ].join(" ");
    const compiler = ["node_modules/typescript/bin/tsc", ...flags.split(" "), "--types", "", TYPESCRIPT_CLIENT];
    const { status, stdout } = spawnSync(process.execPath, compiler, { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });

  it("has a method for every endpoint, each by a name of its own", () => {
    expect(operations).toHaveLength(ENDPOINTS.length);
    const latchkey = new Latchkey({ baseUrl: "https://tokens.example.com" });
    for (const name of METHODS) {
      const method = name
        .split(".")
        .reduce<unknown>((found, part) => (found as Record<string, unknown>)?.[part], latchkey);
      expect(method, name).toBeTypeOf("function");
    }
    expect(new Set(METHODS).size).toBe(operations.length);
  });
});

/** What the command line has no command for, each with its reason. */
const LEFT_OUT: Record<string, string> = {
  "discovery.authorizationServer": "is for OAuth libraries, which find it by themselves",
  "discovery.keys": "is for what verifies signatures",
  "discovery.openapi": "is for generators, which take its address",
};

describe("the command line", () => {
  it("says the version of the package, and how it ends in its help and its README", () => {
    expect(VERSION).toBe(JSON.parse(readFileSync("package.json", "utf8")).version);
    const help = overview(COMMANDS, 80);
    const readme = readFileSync("clients/cli/README.md", "utf8");
    for (const [name, code] of Object.entries(EXIT)) {
      if (name !== "interrupted") expect(help, name).toMatch(new RegExp(`^  ${code} +\\S`, "m"));
      expect(readme, name).toMatch(new RegExp(`^\\| \\W*${code}\\W* \\|`, "m"));
    }
  });

  it("is what clients/cli is now: `npm run clients` makes it again", async () => {
    expect(readFileSync(CLI_BUNDLE, "utf8")).toBe(await cliBundle());
    expect(statSync(CLI_BUNDLE).mode & 0o111).toBe(0o111);
  });

  it("asks every endpoint, but for those that it leaves out for a reason", () => {
    const code = readdirSync("clients/cli", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => readFileSync(`clients/cli/${name}`, "utf8"))
      .join("\n");
    const called = METHODS.filter((name) =>
      new RegExp(`\\.\\s*${name.replace(".", "\\.")}\\(|\\b${name.replace(".", "\\.")}\\(`).test(code),
    );
    const missing = METHODS.filter((name) => !called.includes(name));
    expect(missing.sort()).toEqual(Object.keys(LEFT_OUT).sort());
  });
});
