import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Example {
  rule: string;
  path: string;
  code: string;
}

/** Code that must be refused, and by which file in this folder. */
const REFUSED: Example[] = [
  {
    rule: "app-leaves-the-database-alone",
    path: "app/page.tsx",
    code: `import { createDatabase } from "@/db/client";`,
  },
  { rule: "app-leaves-the-database-alone", path: "app/layout.tsx", code: `import type { Db } from "../db/client";` },
  { rule: "app-leaves-the-database-alone", path: "app/api/v1/me/a.ts", code: `export { members } from "@/db/schema";` },
  { rule: "app-leaves-the-database-alone", path: "app/api/v1/me/b.ts", code: `await import("@/db/schema");` },
  { rule: "lib-looks-down", path: "lib/tokens/a.ts", code: `import { Badge } from "@/components/ui/badge";` },
  { rule: "lib-looks-down", path: "lib/tokens/b.ts", code: `import { GET } from "../../app/healthz/route";` },
  {
    rule: "components-get-data-as-props",
    path: "components/tokens/a.tsx",
    code: `import type { Db } from "@/db/client";`,
  },
  {
    rule: "components-get-data-as-props",
    path: "components/tokens/b.tsx",
    code: `import { createTokenAction } from "@/app/(console)/settings/api-tokens/actions";`,
  },
  {
    rule: "ui-knows-no-domain",
    path: "components/ui/a.tsx",
    code: `import type { TokenRow } from "@/lib/tokens/token-row";`,
  },
  { rule: "ui-knows-no-domain", path: "components/ui/b.tsx", code: `import { Row } from "@/components/tokens/row";` },
  { rule: "ui-knows-no-domain", path: "components/data-table/c.tsx", code: `import { Row } from "../tokens/row";` },
  {
    rule: "pure-modules-read-no-clock",
    path: "lib/tokens/token-status.ts",
    code: `export const at = () => new Date();`,
  },
  { rule: "pure-modules-read-no-clock", path: "lib/access/permission.ts", code: `export const at = () => Date.now();` },
  {
    rule: "pure-modules-read-no-clock",
    path: "lib/tokens/token-name.ts",
    code: `export const n = () => Math.random();`,
  },
  { rule: "pure-modules-read-no-clock", path: "lib/tokens/token-x.ts", code: `import { members } from "@/db/schema";` },
  {
    rule: "pure-modules-read-no-clock",
    path: "lib/access/actor.ts",
    code: `import { readFile } from "node:fs/promises";`,
  },
  { rule: "environment-has-one-home", path: "lib/mail/a.ts", code: `export const key = process.env.MAIL_KEY;` },
  { rule: "environment-has-one-home", path: "lib/mail/b.ts", code: `export const { MAIL_KEY } = process.env;` },
  { rule: "environment-has-one-home", path: "app/healthz/a.ts", code: `export const key = process["env"].MAIL_KEY;` },
  { rule: "requests-are-read-in-auth", path: "lib/tokens/c.ts", code: `import { cookies } from "next/headers";` },
  { rule: "requests-are-read-in-auth", path: "app/(console)/a.tsx", code: `import { headers } from "next/headers";` },
  { rule: "requests-are-read-in-auth", path: "app/(console)/b.tsx", code: `import NextAuth from "next-auth";` },
  {
    rule: "colours-have-names",
    path: "components/ui/c.tsx",
    code: `export const C = () => <i className="text-[#fff]" />;`,
  },
  { rule: "colours-have-names", path: "components/ui/d.tsx", code: `export const C = () => <i color="#a1b2c3" />;` },
  {
    rule: "colours-have-names",
    path: "components/ui/e.tsx",
    code: "export const C = `rgb(0 0 0 / 50%)`;",
  },
  { rule: "colours-have-names", path: "components/ui/f.tsx", code: `export const C = "oklch(0.5 0.1 80)";` },
  { rule: "colours-have-names", path: "app/c.tsx", code: `export const C = () => <i className="p-2 bg-red-500" />;` },
  {
    rule: "authority-is-asked-at-the-door",
    path: "lib/tokens/d.ts",
    code: `import { verify } from "@/lib/authority/verify";`,
  },
  {
    rule: "authority-is-asked-at-the-door",
    path: "lib/tokens/e.ts",
    code: `import { verify } from "../authority/verify";`,
  },
  {
    rule: "authority-is-asked-at-the-door",
    path: "app/verify/f.ts",
    code: `import { authority } from "@/lib/authority/authority";`,
  },
  { rule: "requests-are-read-in-auth", path: "lib/gate/f.ts", code: `import { headers } from "next/headers";` },
  { rule: "actors-are-proven-at-the-door", path: "lib/gate/g.ts", code: `export const actor = proveToken(facts);` },
  { rule: "actors-are-proven-at-the-door", path: "lib/tokens/f.ts", code: `export const actor = proveMember(facts);` },
  {
    rule: "actors-are-proven-at-the-door",
    path: "app/(console)/d.tsx",
    code: `export const actor = proveToken(facts);`,
  },
  {
    rule: "actions-are-guarded",
    path: "app/a/actions.ts",
    code: `export async function remove(id: string) { await x(id); }`,
  },
  { rule: "actions-are-guarded", path: "app/b/actions.ts", code: `export const remove = async (id: string) => x(id);` },
  {
    rule: "actions-are-guarded",
    path: "app/c/actions.ts",
    code: `const remove = async () => x();\nexport { remove };`,
  },
  {
    rule: "actions-are-guarded",
    path: "app/d/actions.ts",
    code: `export default async function remove() { await x(); }`,
  },
  { rule: "actions-are-guarded", path: "app/e/actions.ts", code: `export * from "@/lib/tokens/delete-token";` },
  { rule: "actions-have-one-home", path: "lib/tokens/g.ts", code: `"use server";\nexport async function remove() {}` },
  { rule: "actions-have-one-home", path: "app/e.tsx", code: `export const f = async () => {\n  "use server";\n};` },
  {
    rule: "routes-are-guarded",
    path: "app/api/v1/a/route.ts",
    code: `export async function GET() { return Response.json({}); }`,
  },
  {
    rule: "routes-are-guarded",
    path: "app/api/v1/b/route.ts",
    code: `export const POST = async () => Response.json({});`,
  },
  { rule: "routes-are-guarded", path: "app/api/v1/c/route.ts", code: `export { GET } from "../a/route";` },
  {
    rule: "console-pages-are-gated",
    path: "app/(console)/x/page.tsx",
    code: `export default async function Page() { return null; }`,
  },
  {
    rule: "console-pages-are-gated",
    path: "app/(console)/layout.tsx",
    code: `export default function Layout() { return null; }`,
  },
  {
    rule: "console-pages-are-gated",
    path: "app/(hub)/hub/page.tsx",
    code: `export default function Page() { return null; }`,
  },
  {
    rule: "operator-pages-are-gated",
    path: "app/(operator)/operator/page.tsx",
    code: `export default async function Page() { await requireMember(); return null; }`,
  },
];

/** Code in the same places that must pass: a rule that refuses everything would prove nothing. */
const WELCOME: Omit<Example, "rule">[] = [
  {
    path: "app/ok.tsx",
    code: `import { listTokens } from "@/lib/tokens/list-tokens";\nimport { x } from "@/lib/db-like";`,
  },
  {
    path: "lib/tokens/ok.ts",
    code: `import type { Db } from "@/db/client";\nimport { Actor } from "../access/actor";`,
  },
  { path: "components/tokens/ok.tsx", code: `import type { TokenRow } from "@/lib/tokens/token-row";` },
  {
    path: "components/ui/ok.tsx",
    code: `import { Button } from "@/components/ui/button";\nimport { cn } from "./class-names";`,
  },
  { path: "components/data-table/ok.tsx", code: `import { Button } from "../ui/button";` },
  {
    path: "lib/tokens/token-ok.ts",
    code: `import type { Db } from "@/db/client";\nexport const d = (n: number) => new Date(n);`,
  },
  { path: "lib/access/load-actor.ts", code: `import { members } from "@/db/schema";` },
  { path: "lib/env.ts", code: `export const all = process.env;` },
  {
    path: "lib/auth/ok.ts",
    code: `import { cookies } from "next/headers";\nimport { verify } from "@/lib/authority/verify";`,
  },
  {
    path: "lib/gate/ok.ts",
    code: `import type { Admit } from "../authority/admit";\nimport "@/lib/authority/verify";`,
  },
  {
    path: "components/ui/ok-colour.tsx",
    code: `export const C = () => <a href="#main" className="bg-panel" title="issue #12" />;`,
  },
  {
    path: "app/ok/actions.ts",
    code: `"use server";\nexport const removeAction = memberAction(schema, deleteToken);\nexport type Removed = string;`,
  },
  { path: "app/api/v1/ok/route.ts", code: `export const GET = withToken("tokens:read", handler);` },
  {
    path: "app/healthz/route.ts",
    code: `export const dynamic = "force-dynamic";\nexport const GET = openRoute(handler);`,
  },
  { path: "app/api/auth/[...nextauth]/route.ts", code: `export const { GET, POST } = handlers;` },
  {
    path: "app/(console)/ok/page.tsx",
    code: `export default async function Page() { const m = await requireMember(); return m; }`,
  },
  {
    path: "app/(operator)/page.tsx",
    code: `export default async function Page() { const o = await requireOperator(); return o; }`,
  },
];

/** What the plugins say about the files in `folder`. Biome exits with 1 when it says anything. */
async function pluginMessages(folder: string): Promise<{ path: string; message: string }[]> {
  const biome = join(process.cwd(), "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 64 * 2 ** 20 }).catch(
    (error: { stdout: string }) => error,
  );
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; message: string; location: { path: string } }[];
  };
  return diagnostics
    .filter(({ category }) => category === "plugin")
    .map(({ message, location }) => ({ path: location.path, message }));
}

async function ruleMessages(rule: string): Promise<string[]> {
  const source = await readFile(`scripts/lint/${rule}.grit`, "utf8");
  return [...source.matchAll(/message = ("(?:[^"\\]|\\.)*")/g)].map(([, text]) => JSON.parse(text ?? '""') as string);
}

describe("the import and guard rules", () => {
  let folder: string;
  const said = new Map<string, string[]>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "latchkey-lint-"));
    await cp("biome.json", join(folder, "biome.json"));
    await cp("scripts/lint", join(folder, "scripts/lint"), { recursive: true });
    await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, ".gitignore"), "node_modules\n");
    for (const { path, code } of [...REFUSED, ...WELCOME]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), code);
    }
    for (const { path, message } of await pluginMessages(folder)) {
      said.set(path, [...(said.get(path) ?? []), message]);
    }
  }, 30_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(REFUSED)("refuses $path as $rule says", async (example) => {
    const messages = await ruleMessages(example.rule);
    expect(said.get(example.path) ?? []).toContainEqual(expect.toBeOneOf(messages));
  });

  it.each(WELCOME)("has nothing against $path", ({ path }) => {
    expect(said.get(path) ?? []).toEqual([]);
  });

  it("has an example of every rule", async () => {
    const rules = (await readdir("scripts/lint")).filter((name) => name.endsWith(".grit"));
    expect(new Set(REFUSED.map(({ rule }) => `${rule}.grit`))).toEqual(new Set(rules));
  });
});
