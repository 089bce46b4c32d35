import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { expect, test } from "./fixtures";

interface Said {
  exit: number;
  stdout: string;
  stderr: string;
}

let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-cli-"));
});
test.afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The command line as somebody copied it: one file, by Node.js alone. */
async function latchkey(typed: string[], stdin = "", env: Record<string, string> = {}): Promise<Said> {
  const child = spawn(process.execPath, ["clients/cli/latchkey.mjs", ...typed], {
    env: {
      PATH: process.env.PATH,
      XDG_CONFIG_HOME: folder,
      LATCHKEY_HOST: process.env.BASE_URL,
      ...env,
    } as unknown as NodeJS.ProcessEnv,
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  child.stdin.end(stdin);
  const [exit] = (await once(child, "close")) as [number];
  return { exit, ...said };
}

const logIn = (email: string, ...more: string[]) =>
  latchkey(["login", "--email", email, ...more], `${DEMO_PASSWORD}\n`);
const profiles = () => readFile(join(folder, "latchkey", "profiles.json"), "utf8");

test("a person signs in, creates, lists, verifies, rotates and deletes a token, and signs out", async () => {
  const login = await logIn("engineer@acme.example");
  expect(login).toMatchObject({ exit: 0, stderr: "" });
  expect(login.stdout).toMatch(/^Signed in to http:\S+ as .+ at Acme \(default\)\.\n$/);
  expect((await stat(join(folder, "latchkey", "profiles.json"))).mode & 0o777).toBe(0o600);
  expect(await profiles()).not.toContain(DEMO_PASSWORD);
  expect((await latchkey(["whoami"])).stdout).toMatch(/^Organization +Acme \(acme\)$/m);

  const name = `Command line ${Date.now()}`;
  const created = await latchkey([
    "tokens",
    "create",
    "--name",
    name,
    "--role",
    "viewer",
    "--expires",
    "30d",
    "--secret-only",
  ]);
  expect(created).toMatchObject({ exit: 0, stderr: "" });
  const secret = created.stdout.trim();
  expect(secret).toMatch(/^lk_pat_\w{62}$/);
  const id = secret.split("_")[2]?.slice(0, 12) ?? "";

  const list = await latchkey(["tokens", "list", "--search", name]);
  expect(list.stdout.split("\n")[0]).toMatch(/^ID +NAME +STATUS +ROLE/);
  expect(list.stdout).toMatch(new RegExp(`^${id} +${name} +active +Viewer`, "m"));
  const shown = JSON.parse((await latchkey(["tokens", "show", id, "--json"])).stdout);
  expect(shown).toMatchObject({ id, name, status: "active", role: { name: "Viewer" } });
  expect(JSON.stringify(shown)).not.toContain(secret);

  const valid = await latchkey(["verify"], secret);
  expect(valid).toMatchObject({ exit: 0, stderr: "" });
  expect(valid.stdout).toContain(`Valid: ${name}, of `);
  expect(await latchkey(["verify"], `${secret.slice(0, -1)}!`)).toMatchObject({ exit: 1, stderr: "" });

  const rotated = (await latchkey(["tokens", "rotate", id, "--overlap-days", "0", "--secret-only"])).stdout.trim();
  expect(rotated).not.toBe(secret);
  expect(await latchkey(["verify"], rotated)).toMatchObject({ exit: 0 });
  // The first use of the new secret ended the old one.
  expect(await latchkey(["whoami"], "", { LATCHKEY_TOKEN: rotated })).toMatchObject({ exit: 0 });

  expect(await latchkey(["tokens", "delete", id])).toMatchObject({ exit: 2, stdout: "" });
  expect(await latchkey(["verify"], rotated)).toMatchObject({ exit: 0 });
  expect(await latchkey(["tokens", "delete", id, "--yes"])).toMatchObject({ exit: 0, stdout: `Deleted ${id}.\n` });
  expect(await latchkey(["verify"], rotated)).toMatchObject({ exit: 1 });
  expect(await latchkey(["tokens", "delete", id, "--yes"])).toMatchObject({ exit: 1, stdout: "" });
  expect(await latchkey(["tokens", "receipt", id])).toMatchObject({ exit: 0 });

  const access = (await latchkey(["access-token"])).stdout;
  expect(await latchkey(["verify"], access)).toMatchObject({ exit: 0 });
  expect(await latchkey(["logout"])).toMatchObject({ exit: 0 });
  expect(await latchkey(["verify"], access)).toMatchObject({ exit: 1 });
  expect(await latchkey(["whoami"])).toMatchObject({ exit: 3, stdout: "" });
});

test("a wrong password signs nobody in, and every kind of no has its exit code", async () => {
  const wrong = await latchkey(["login", "--email", "viewer@acme.example"], "not the password\n");
  expect(wrong).toMatchObject({ exit: 3, stdout: "" });
  expect(wrong.stderr).not.toContain("not the password");
  expect(await latchkey(["tokens", "list"])).toMatchObject({ exit: 3, stdout: "" });
  await logIn("engineer@acme.example");
  expect(await latchkey(["tokens", "show", "000000000000"])).toMatchObject({ exit: 4 });
  expect(await latchkey(["tokens", "create", "--name", ""])).toMatchObject({ exit: 1 });
  expect(await latchkey(["tokens", "lsit"])).toMatchObject({ exit: 2 });
  expect(await latchkey(["status", "--host", "http://127.0.0.1:1"])).toMatchObject({ exit: 5 });
  const refused = await latchkey(["audit", "list", "--json"]);
  expect(refused).toMatchObject({ exit: 1, stdout: "" });
  expect(JSON.parse(refused.stderr)).toMatchObject({ code: "insufficient_scope", status: 403, exit: 1 });
});

test("an administrator reads members, groups, roles, the organization and the log, as tables and as JSON", async () => {
  const unsaid = await logIn("admin@acme.example");
  expect(unsaid).toMatchObject({ exit: 1, stdout: "" });
  expect(unsaid.stderr, "somebody in several organizations names one").toMatch(
    /Name the one to sign in to\. One of: .*acme/,
  );
  expect(await logIn("admin@acme.example", "--organization", "acme")).toMatchObject({ exit: 0, stderr: "" });
  for (const path of [
    "members list",
    "groups list",
    "roles list",
    "audit list",
    "organization show",
    "profiles list",
    "status",
  ]) {
    const table = await latchkey(path.split(" "));
    expect(table, path).toMatchObject({ exit: 0 });
    expect(table.stdout, path).not.toContain("undefined");
    expect(table.stdout).not.toContain("\u001b");
    const json = await latchkey([...path.split(" "), "--json"]);
    expect(() => JSON.parse(json.stdout), path).not.toThrow();
  }
  const members = JSON.parse((await latchkey(["members", "list", "--limit", "3", "--json"])).stdout);
  expect(members).toHaveLength(3);
  expect(JSON.parse((await latchkey(["members", "show", members[0].id, "--json"])).stdout)).toEqual(members[0]);
});

test("a client signs in by its two halves, gets access tokens, introspects and ends itself", async () => {
  await logIn("engineer@meridian.example");
  const created = await latchkey([
    "tokens",
    "create",
    "--description",
    `Nightly export ${Date.now()}`,
    "--role",
    "engineer",
    "--secret-only",
  ]);
  expect(created).toMatchObject({ exit: 0, stderr: "" });
  const secret = created.stdout.trim();
  const id = secret.split("_")[2]?.slice(0, 12) ?? "";
  expect(await latchkey(["verify"], secret), "the secret itself is none").toMatchObject({ exit: 1 });

  const login = await latchkey(["login", "--client-id", id, "--profile", "job"], secret);
  expect(login).toMatchObject({ exit: 0, stderr: "" });
  expect(`${login.stdout}${(await latchkey(["whoami"])).stdout}`).not.toContain(secret);
  const access = (await latchkey(["access-token"])).stdout.trim();
  expect(access.split(".")).toHaveLength(3);
  expect(await latchkey(["verify"], access)).toMatchObject({ exit: 0 });
  expect(await latchkey(["verify", "--introspect"], access)).toMatchObject({ exit: 0 });
  expect(await latchkey(["verify", "--introspect"], `${access}x`)).toMatchObject({ exit: 1 });

  expect(await latchkey(["tokens", "delete", id, "--yes", "--profile", "default"])).toMatchObject({ exit: 0 });
  expect(await latchkey(["verify"], access)).toMatchObject({ exit: 1 });
  expect(await latchkey(["whoami"])).toMatchObject({ exit: 3, stdout: "" });
});
