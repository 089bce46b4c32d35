import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, matches, type SourceFile, sourceFiles } from "./source-files";

/** The one list of PURE modules: those that the lint keeps from reading a clock. */
const PURE = pureGlobs();
/** What PURE modules may use besides each other: nothing here does I/O. */
const PURE_PACKAGES = [
  "zod",
  "ipaddr.js",
  "uuid",
  "react",
  "@react-email/components",
  "@react-email/render",
  "node:crypto",
  "node:util",
  "node:zlib",
  "node:net",
];

/** What is written without an audit event, each with its reason. */
const UNAUDITED: Record<string, string> = {
  "update(sessions)": "moves last_seen_at, on nearly every request",
  "insert(signInLimits)": "counts attempts",
  "update(signInLimits)": "counts attempts",
  "delete(signInLimits)": "counts attempts",
  "insert(refreshTokens)": "comes with a login, which has its event",
  "update(refreshTokens)": "notes its one use; a second one has its event",
  "delete(refreshTokens)": "clears up",
  "update(apiLogins) in lib/logins/refresh-login.ts": "moves its end, on every refresh",
  "delete(apiLogins)": "clears up",
  "insert(setupCodes)": "comes before there is an organization to have a log",
  "delete(setupCodes)": "comes before there is an organization to have a log",
  "insert(tokenUsage)": "is the log of use itself",
  "insert(tokenCallers)": "is the log of use itself",
  "update(apiTokens) in lib/tokens/expire-tokens.ts": "notes what the clock has done",
  "insert(outbox)": "tells of what has its event",
  "update(outbox)": "brings messages on their way",
  "delete(outbox)": "clears up",
  "insert(localMailbox)": "is a way to send",
  "delete(localMailbox)": "clears up",
  "insert(notifications)": "tells of what has its event",
  "update(notifications)": "is what somebody has read",
  "delete(notifications)": "clears up",
  "delete(expiryNotices)": "clears up",
  "delete(inactivityNotices)": "takes back what was only told",
  "insert(inactivityWatches)": "follows from the change of policy, which has its event",
  "update(inactivityWatches)": "notes when a job looked",
  "delete(inactivityWatches)": "follows from the change of policy, which has its event",
  "insert(expiryAnswers)": "is somebody's own matter",
  "delete(expiryAnswers)": "is somebody's own matter",
  "insert(noticePreferences)": "is somebody's own matter",
  "delete(noticePreferences)": "is somebody's own matter",
  "insert(idempotentRequests)": "remembers the answer to what has its event",
  "update(idempotentRequests)": "remembers the answer to what has its event",
  "delete(idempotentRequests)": "clears up",
  "insert(signingKeys)": "is the installation's own, and no organization's",
  "update(signingKeys)": "is the installation's own, and no organization's",
  "delete(refusedCalls)": "clears up",
  "delete(signingKeys)": "clears up",
  "delete(revokedAccessTokens)": "clears up",
  "insert(jobRuns)": "is the log of the jobs themselves",
  "update(jobRuns)": "is the log of the jobs themselves",
};

const isPure = (path: string) =>
  [`${path}.ts`, `${path}.tsx`, `${path}/index.ts`, path].some((file) => matches(file, PURE));

type Rule = (file: SourceFile) => string[];

/** Who copies a client copies nothing else of the house. */
const clientsStandAlone: Rule = (file) =>
  file.path.startsWith("clients/")
    ? importsOf(file)
        .filter(({ from, path }) => (path === null ? !from.startsWith("node:") : !path.startsWith("clients/")))
        .concat(file.path === "clients/typescript/latchkey.ts" ? importsOf(file) : [])
        .map(
          ({ from }) =>
            `${file.path} imports ${from}: the TypeScript client is one file that needs nothing, and the command line needs Node.js and that file alone.`,
        )
    : [];

const pureImportsPure: Rule = (file) =>
  isPure(file.path)
    ? importsOf(file)
        .filter(
          ({ typeOnly, path, from }) => !typeOnly && !(path === null ? PURE_PACKAGES.includes(from) : isPure(path)),
        )
        .map(
          ({ from }) =>
            `${file.path} is PURE and imports ${from}, which is not: load the facts in a verb and pass them in.`,
        )
    : [];

const componentsImportPure: Rule = (file) =>
  file.path.startsWith("components/")
    ? importsOf(file)
        .filter(({ typeOnly, path }) => !typeOnly && path?.startsWith("lib/") && !isPure(path))
        .map(
          ({ from }) =>
            `${file.path} imports ${from}, which does I/O: the page calls it and passes the result, or the action, as a prop. ` +
            `Types come with \`import type\`; a decision that both sides need belongs in a PURE module.`,
        )
    : [];

/** Statements that do all of a thing at once write its event themselves. */
const WRITES_EVENTS = ["lib/authority/promote-secret.ts"];

const eventsAreRecorded: Rule = ({ path, code }) =>
  !path.startsWith("lib/") || WRITES_EVENTS.includes(path) || !/insert into audit_events/i.test(code)
    ? []
    : [`${path} writes an audit event by hand: call \`recordAudit(tx, …)\` instead.`];

const mutationsAreAudited: Rule = ({ path, code }) => {
  if (!path.startsWith("lib/") || path.startsWith("lib/audit/") || /\brecordAudits?\(/.test(code)) return [];
  const tables = [...code.matchAll(/^import \{([^}]*)\} from "@\/db\/schema[^"]*"/gm)]
    .flatMap(([, names]) => (names ?? "").split(","))
    .map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? "",
    );
  return [...code.matchAll(/\.(insert|update|delete)\(\s*(\w+)\s*\)/g)]
    .filter(([, , table]) => tables.includes(table ?? ""))
    .map(([, verb, table]) => `${verb}(${table})`)
    .filter((change) => ![change, `${change} in ${path}`].some((known) => UNAUDITED[known]))
    .map(
      (change) =>
        `${path} has ${change} and writes no audit event: call \`recordAudit(tx, …)\` in the same transaction.`,
    );
};

/** What only the organization's words may say on a screen of tokens: what they are called, and what ends them. */
const HARD_WORDS = /\b(?:API (?:auth )?tokens?|[Dd]elet(?:es?|ed|ing|ion)|[Rr]evok(?:es?|ed|ing)|[Rr]evocation)\b/;

const tokensHaveTheOrganizationsWords: Rule = ({ path, code }) =>
  /^components\/tokens\/[^.]+\.tsx?$/.test(path)
    ? textsOf(code)
        .filter((text) => HARD_WORDS.test(text))
        .map((text) => `${path} says "${text.trim()}": take the words from \`TOKEN_WORDS\`, which differ by preset.`)
    : [];

/** What a person may read: strings with a space or a capital, and text between tags. Comments and code are left out. */
function textsOf(code: string): string[] {
  const bare = code.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "").replace(/\$\{[^}]*\}|\{[^{}]*\}/g, " ");
  const strings = [...bare.matchAll(/(["`])((?:(?!\1)[^\\\n])*)\1/g)].map(([, , text]) => text ?? "");
  const between = [...bare.matchAll(/>([^<>{}=;()]*[A-Za-z][^<>{}=;()]*)</g)].map(([, text]) => text ?? "");
  return [...strings.filter((text) => /[A-Z ]/.test(text)), ...between];
}

const namesSayWhatIsInside: Rule = ({ path }) =>
  /^(?:utils?|helpers?|misc|common|shared|lib)\.tsx?$/.test(basename(path))
    ? [`${path} is a drawer: name the file after what the domain does with it, one idea each.`]
    : [];

const rules = {
  pureImportsPure,
  componentsImportPure,
  mutationsAreAudited,
  eventsAreRecorded,
  tokensHaveTheOrganizationsWords,
  namesSayWhatIsInside,
  clientsStandAlone,
};

describe("the house", () => {
  const files = sourceFiles(["app", "clients", "components", "db", "lib", "scripts", "bench", "e2e", "test"]);

  it.each(Object.entries(rules))("keeps the rule %s", (_, rule) => {
    expect(files.flatMap(rule)).toEqual([]);
  });

  it("has a list of PURE modules that names files which exist", () => {
    const unmatched = PURE.filter((glob) => !glob.startsWith("!") && !files.some(({ path }) => matches(path, [glob])));
    expect(unmatched).toEqual([]);
  });
});

describe("each rule of the house", () => {
  it.each<[keyof typeof rules, SourceFile]>([
    ["pureImportsPure", { path: "lib/tokens/token-x.ts", code: `import { listTokens } from "./list-tokens";` }],
    ["pureImportsPure", { path: "lib/access/role.ts", code: `import {\n  a,\n  b,\n} from "@/db/schema";` }],
    ["pureImportsPure", { path: "lib/access/role.ts", code: `import "server-only";` }],
    [
      "componentsImportPure",
      { path: "components/tokens/x.tsx", code: `import { f } from "@/lib/tokens/list-tokens";` },
    ],
    [
      "componentsImportPure",
      { path: "components/tokens/x.tsx", code: `const m = await import("@/lib/auth/session");` },
    ],
    [
      "mutationsAreAudited",
      {
        path: "lib/tokens/x.ts",
        code: `import { apiTokens } from "@/db/schema";\nawait tx.update(apiTokens).set({});`,
      },
    ],
    [
      "mutationsAreAudited",
      {
        path: "lib/members/x.ts",
        code: `import {\n  roles as r,\n} from "@/db/schema";\nawait db\n  .insert(r)\n  .values({});`,
      },
    ],
    ["eventsAreRecorded", { path: "lib/tokens/x.ts", code: "await sql`insert into audit_events (id) values (1)`;" }],
    ["tokensHaveTheOrganizationsWords", { path: "components/tokens/x.tsx", code: `<p>\n  Delete it\n</p>` }],
    ["tokensHaveTheOrganizationsWords", { path: "components/tokens/x.tsx", code: `<Page title="API tokens" />` }],
    ["tokensHaveTheOrganizationsWords", { path: "components/tokens/x.tsx", code: "toast(`Token revoked: today`)" }],
    ["namesSayWhatIsInside", { path: "lib/tokens/utils.ts", code: "" }],
    ["clientsStandAlone", { path: "clients/cli/x.ts", code: `import { z } from "zod";` }],
    ["clientsStandAlone", { path: "clients/cli/x.ts", code: `import { maskToken } from "@/lib/tokens/token-secret";` }],
    ["clientsStandAlone", { path: "clients/typescript/latchkey.ts", code: `import { inspect } from "node:util";` }],
  ])("%s refuses what breaks it", (name, file) => {
    expect(rules[name](file)).toHaveLength(1);
  });

  it.each<[keyof typeof rules, SourceFile]>([
    [
      "pureImportsPure",
      { path: "lib/tokens/token-x.ts", code: `import { z } from "zod";\nimport { a } from "./token-status";` },
    ],
    ["pureImportsPure", { path: "lib/tokens/token-x.ts", code: `import type { Db } from "@/db/client";` }],
    [
      "componentsImportPure",
      { path: "components/tokens/x.tsx", code: `import { f } from "@/lib/tokens/token-status";` },
    ],
    [
      "componentsImportPure",
      { path: "components/tokens/x.tsx", code: `import type { F } from "@/lib/tokens/list-tokens";` },
    ],
    [
      "mutationsAreAudited",
      {
        path: "lib/tokens/x.ts",
        code: `import { apiTokens } from "@/db/schema";\nawait tx.insert(apiTokens);\nawait recordAudit(tx, actor, {}, context);`,
      },
    ],
    [
      "mutationsAreAudited",
      { path: "lib/tokens/x.ts", code: `import { apiTokens } from "@/db/schema";\nseen.delete(id);` },
    ],
    [
      "tokensHaveTheOrganizationsWords",
      {
        path: "components/tokens/x.tsx",
        code: `/** Deletes API tokens. */\nconst [deleting, set] = useState(false);\nif (status === "deleted") return <p>{words.remove} it</p>;`,
      },
    ],
    ["namesSayWhatIsInside", { path: "lib/tokens/token-utils-page.ts", code: "" }],
    [
      "clientsStandAlone",
      { path: "clients/cli/x.ts", code: `import { Latchkey } from "../typescript/latchkey";\nimport "node:fs";` },
    ],
  ])("%s has nothing against what keeps it", (name, file) => {
    expect(rules[name](file)).toEqual([]);
  });
});

function pureGlobs(): string[] {
  const { overrides } = JSON.parse(readFileSync("biome.json", "utf8")) as {
    overrides: { includes: string[]; plugins?: string[] }[];
  };
  const found = overrides.find(({ plugins }) => plugins?.some((path) => path.includes("pure-modules")));
  if (!found) throw new Error("biome.json names no PURE modules");
  return found.includes;
}
