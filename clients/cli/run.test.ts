import { readFileSync, statSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Asked, answeringServer, type Said } from "@/test/answering-server";
import { commandLine } from "@/test/typed";

const SECRET = "lk_pat_1m9YQ2zk7hVd_thisIsTheSecretThatNobodyMayEverSee0000000000";
const PASSWORD = "correct horse battery staple";
const role = { id: "0198a4d2-3c1e-7b50-9c0a-5f1f6a2d7e11", name: "Engineer" };
const token = {
  id: "1m9YQ2zk7hVd",
  kind: "pat",
  name: "Order sync",
  description: null,
  masked: "lk_pat_1m9Y…",
  status: "active",
  issued_by: { id: "0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57", name: "Amara Okafor", email: "amara@acme.example" },
  role,
  permissions: ["members:read"],
  outside_policy: [],
  allowed_networks: [],
  rotation: null,
  created_at: "2026-03-12T09:30:00.000Z",
  expires_at: "2027-03-12T09:30:00.000Z",
  last_used_at: null,
  last_used_ip: null,
  deletion_at: null,
  deleted_at: null,
};
const me = {
  ...token,
  organization: { id: "0", name: "Acme", slug: "acme" },
  issued_by: { ...token.issued_by, role },
  groups: [],
};

afterEach(() => {
  vi.useRealTimers();
});

const problem = (status: number, code: string, title = "No."): Said => ({
  status,
  body: { title, status, code, request_id: "req-1" },
});

/** A server of the API's form that knows one token, one person and one client. */
function api({ url, method, headers, body }: Asked): Said {
  const path = url.split("?")[0] ?? "";
  const grant = { token_type: "Bearer", expires_in: 3600, scope: "tokens:read", organization: me.organization };
  if (path === "/api/v1/auth/login")
    return JSON.parse(body).password === PASSWORD
      ? { body: { ...grant, access_token: "a.b.1", refresh_token: "refresh-1", refresh_expires_in: 86_400 } }
      : problem(401, "sign_in_failed", "Email or password is wrong.");
  if (path === "/api/v1/auth/refresh")
    return { body: { ...grant, access_token: "a.b.2", refresh_token: "refresh-2", refresh_expires_in: 86_400 } };
  if (path === "/api/v1/auth/logout") return { body: { id: "0", status: "ended", ended_at: token.created_at } };
  if (path === "/api/v1/oauth/token") return { body: { ...grant, access_token: "a.b.client" } };
  if (path === "/api/v1/oauth/introspect")
    return { body: { active: body === `token=${SECRET}`, scope: "tokens:read" } };
  if (path === "/api/v1/oauth/revoke") return { body: {} };
  if (!["a.b.1", "a.b.2", "a.b.client", SECRET].includes(headers.authorization?.replace("Bearer ", "") ?? ""))
    return problem(401, "invalid_token", "The token is not valid.");
  if (path === "/api/v1/me") return { body: me };
  if (path === "/api/v1/roles") return { body: { data: [role], next_cursor: null } };
  if (path === "/api/v1/tokens" && method === "POST") return { status: 201, body: { ...token, secret: SECRET } };
  if (path === "/api/v1/tokens")
    return {
      body: { data: [token, { ...token, id: "2m9YQ2zk7hVd", name: "Naïve 東京 \u001b[31mred" }], next_cursor: "2" },
    };
  if (path.endsWith("/rotate")) return { body: { ...token, secret: SECRET } };
  if (path === `/api/v1/tokens/${token.id}`)
    return { body: method === "DELETE" ? { ...token, status: "deleted" } : token };
  return problem(404, "not_found", "There is nothing here.");
}

async function signedIn() {
  const server = await answeringServer(api);
  const shell = commandLine({ LATCHKEY_HOST: server.url });
  const login = await shell.latchkey(["login", "--email", "amara@acme.example"], { stdin: `${PASSWORD}\n` });
  expect(login).toMatchObject({
    exit: 0,
    stderr: "",
    stdout: `Signed in to ${server.url} as Amara Okafor at Acme (default).\n`,
  });
  return { ...server, ...shell };
}

describe("a login", () => {
  it("is kept where only its owner reads it, without the password", async () => {
    const { file } = await signedIn();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = readFileSync(file, "utf8");
    expect(kept).toContain("refresh-1");
    expect(kept).not.toContain(PASSWORD);
  });

  it("is none where the password is wrong: nothing is kept, and it ends with 3", async () => {
    const server = await answeringServer(api);
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    const said = await latchkey(["login", "--email", "amara@acme.example"], { stdin: "wrong\n" });
    expect(said).toMatchObject({ exit: 3, stdout: "" });
    expect(said.stderr).toContain("Email or password is wrong.");
    expect(said.stderr).not.toContain("wrong\n  wrong");
    expect((await latchkey(["whoami"])).exit).toBe(3);
  });

  it("shows nothing of what is typed where a terminal asks for the password", async () => {
    const server = await answeringServer(api);
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    const said = await latchkey(["login", "--email", "amara@acme.example"], { stdin: `${PASSWORD}\r`, columns: 80 });
    expect(said.exit).toBe(0);
    expect(`${said.stdout}${said.stderr}`).not.toContain(PASSWORD);
    expect(said.stderr).toContain("Password: \n");
  });

  it("renews itself shortly before its end, by one of many processes alone", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T08:00:00Z") });
    const { latchkey, asked } = await signedIn();
    vi.setSystemTime(new Date("2026-11-22T08:59:30Z"));
    const all = await Promise.all(Array.from({ length: 5 }, () => latchkey(["whoami"])));
    expect(all.map(({ exit }) => exit)).toEqual([0, 0, 0, 0, 0]);
    const renewals = asked.filter(({ url }) => url === "/api/v1/auth/refresh");
    expect(renewals.map(({ body }) => JSON.parse(body))).toEqual([{ refresh_token: "refresh-1" }]);
  });

  it("goes to its own host alone", async () => {
    const { latchkey } = await signedIn();
    const elsewhere = await answeringServer(api);
    expect(await latchkey(["whoami", "--host", elsewhere.url])).toMatchObject({ exit: 3, stdout: "" });
    expect(elsewhere.asked).toHaveLength(0);
  });

  it("ends at the server and here", async () => {
    const { latchkey, asked, file } = await signedIn();
    expect(await latchkey(["logout"])).toMatchObject({ exit: 0 });
    expect(asked.filter(({ url }) => url === "/api/v1/auth/logout").map(({ body }) => JSON.parse(body))).toEqual([
      { refresh_token: "refresh-1" },
    ]);
    expect(readFileSync(file, "utf8")).not.toContain("refresh-1");
    expect((await latchkey(["whoami"])).exit).toBe(3);
  });

  it("is forgotten here too where the server cannot be told, and that is said", async () => {
    const { latchkey, file } = await signedIn();
    const kept = JSON.parse(readFileSync(file, "utf8"));
    kept.profiles.default.host = "http://127.0.0.1:1";
    const { writeFileSync } = await import("node:fs");
    writeFileSync(file, JSON.stringify(kept));
    const said = await latchkey(["logout"]);
    expect(said.exit).toBe(5);
    expect(said.stderr).toContain("could not be told");
    expect(readFileSync(file, "utf8")).not.toContain("refresh-1");
  }, 30_000);

  it("may be a token's or a client's, whose halves go nowhere but into the exchange", async () => {
    const server = await answeringServer(api);
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    expect((await latchkey(["login", "--token"], { stdin: SECRET })).exit).toBe(0);
    expect(
      (await latchkey(["login", "--client-id", "4cTq8ZbN1xWe", "--profile", "job"], { stdin: "half\n" })).exit,
    ).toBe(0);
    expect((await latchkey(["access-token", "--profile", "job"])).stdout).toBe("a.b.client\n");
    expect((await latchkey(["access-token", "--profile", "job", "--header"])).stdout).toBe(
      "Authorization: Bearer a.b.client\n",
    );
    expect((await latchkey(["access-token", "--profile", "default"])).exit).toBe(1);
    const profiles = (await latchkey(["profiles", "list", "--json"])).json();
    expect(profiles.map(({ name, kind, current }: Record<string, unknown>) => [name, kind, current])).toEqual([
      ["default", "token", false],
      ["job", "client", true],
    ]);
    const exchanges = server.asked.filter(({ headers }) => headers.authorization?.startsWith("Basic"));
    expect(new Set(exchanges.map(({ url }) => url))).toEqual(new Set(["/api/v1/oauth/token"]));
  });

  it("is over where its refresh token works no more: that is said, with what to do, and nothing else is sent", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T08:00:00Z") });
    let isOver = false;
    const server = await answeringServer((asked) =>
      isOver && asked.url === "/api/v1/auth/refresh" ? problem(401, "refresh_token_invalid") : api(asked),
    );
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    await latchkey(["login", "--email", "amara@acme.example"], { stdin: PASSWORD });
    isOver = true;
    vi.setSystemTime(new Date("2026-11-24T08:00:00Z"));
    const before = server.asked.length;
    const said = await latchkey(["tokens", "list"]);
    expect(said).toMatchObject({
      exit: 3,
      stdout: "",
      stderr: "latchkey: The login default is over.\n  latchkey login\n",
    });
    expect(server.asked.slice(before).map(({ url }) => url)).toEqual(["/api/v1/auth/refresh"]);
  });

  it("says what goes before a kept login: the variable that is set, with its host missing or its token not valid", async () => {
    const { latchkey, asked, url } = await signedIn();
    const env = { LATCHKEY_TOKEN: "lk_pat_wrong" };
    const refused = await latchkey(["whoami"], { env });
    expect(refused).toMatchObject({ exit: 3, stdout: "" });
    expect(refused.stderr).toContain("LATCHKEY_TOKEN is set, and goes before every kept login");
    expect(refused.stderr).not.toContain("signs you in again");
    const before = asked.length;
    const nowhere = await latchkey(["whoami"], { env: { ...env, LATCHKEY_HOST: "" } });
    expect(nowhere).toMatchObject({ exit: 2, stdout: "" });
    expect(nowhere.stderr).toContain("unset LATCHKEY_TOKEN, or say --profile NAME");
    expect(asked).toHaveLength(before);
    const login = ["login", "--host", url, "--email", "amara@acme.example"];
    expect((await latchkey(login, { stdin: PASSWORD, env })).stderr).toContain("LATCHKEY_TOKEN is set");
    expect((await latchkey(login, { stdin: "wrong", env })).stderr).not.toContain("LATCHKEY_TOKEN");
  });

  it("comes from the environment where it is there, unless a profile is named", async () => {
    const { latchkey, asked } = await signedIn();
    await latchkey(["whoami"], { env: { LATCHKEY_TOKEN: SECRET } });
    expect(asked.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`);
    await latchkey(["whoami", "--profile", "default"], { env: { LATCHKEY_TOKEN: SECRET } });
    expect(asked.at(-1)?.headers.authorization).toBe("Bearer a.b.1");
  });
});

describe("tokens", () => {
  it("stand in aligned columns, in which nothing tells the terminal what to do", async () => {
    const { latchkey } = await signedIn();
    const { stdout, stderr, exit } = await latchkey(["tokens", "list", "--limit", "2"]);
    expect(exit).toBe(0);
    expect(stdout).not.toContain("\u001b");
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^ID +NAME +STATUS +ROLE +ISSUED BY +EXPIRES +LAST USED$/);
    expect(lines[1]).toMatch(
      /^1m9YQ2zk7hVd {2}Order sync +active {2}Engineer {2}Amara Okafor {2}2027-03-12 09:30 UTC {2}never$/,
    );
    expect(lines[2]).toContain("Naïve 東京  [31mred");
    // A wide letter takes two places.
    expect(lines[1]?.indexOf("active")).toBe((lines[2]?.indexOf("active") ?? 0) + 2);
    expect(stderr).toBe("There are more: --all, or --limit.\n");
  });

  it("are an array as JSON, without anything beside it", async () => {
    const { latchkey } = await signedIn();
    const said = await latchkey(["--json", "tokens", "list", "--limit", "1"]);
    expect(said.json()).toEqual([token]);
  });

  it("have colours in a terminal, fit into it, and have none under NO_COLOR", async () => {
    const { latchkey } = await signedIn();
    const coloured = await latchkey(["tokens", "list", "--limit", "2"], { columns: 70 });
    expect(coloured.stdout).toContain("\u001b[32mactive\u001b[0m");
    const plain = await latchkey(["tokens", "list", "--limit", "2"], { columns: 70, env: { NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
    for (const line of plain.stdout.trimEnd().split("\n")) expect(line.length).toBeLessThanOrEqual(70);
    expect(plain.stdout).toContain("…");
  });

  it.each([100, 80, 60])(
    "in a terminal of %i columns have ids and dates whole, and names shrink for them",
    async (columns) => {
      const { latchkey } = await signedIn();
      const { stdout, stderr } = await latchkey(["tokens", "list", "--limit", "2"], {
        columns,
        env: { NO_COLOR: "1" },
      });
      const lines = stdout.trimEnd().split("\n");
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      expect(lines[1]).toMatch(/^1m9YQ2zk7hVd {2}Order s.* active .*2027-03-12 .*never *$/);
      expect(lines[2]).toMatch(/^2m9YQ2zk7hVd {2}Naïve/);
      expect(lines[0]?.includes("ISSUED BY")).toBe(columns > 60);
      expect(stderr.includes("There is no room for role, issued by: --json has all.")).toBe(columns === 60);
      expect(stderr.includes("There is no room")).toBe(columns === 60);
    },
  );

  it("are created with a role by its name and an expiry from now", async () => {
    const { latchkey, asked } = await signedIn();
    const typed = ["tokens", "create", "--name", "CI", "--role", "engineer", "--expires", "90d", "--secret-only"];
    const said = await latchkey(typed, { now: new Date("2026-11-22T08:00:00Z") });
    expect(said).toMatchObject({ exit: 0, stdout: `${SECRET}\n`, stderr: "" });
    expect(JSON.parse(asked.at(-1)?.body ?? "")).toEqual({
      name: "CI",
      role_id: role.id,
      expires_at: "2027-02-20T08:00:00.000Z",
    });
  });

  it("show a new secret this once, with a word on it that no pipe gets", async () => {
    const { latchkey } = await signedIn();
    const said = await latchkey(["tokens", "rotate", token.id]);
    expect(said.stdout).toMatch(new RegExp(`^Secret +${SECRET}$`, "m"));
    expect(said.stderr).toContain("this once");
    expect((await latchkey(["tokens", "show", token.id])).stdout).not.toContain(SECRET);
  });

  it("are deleted after a yes alone: not after another word, and not where nobody can be asked", async () => {
    const { latchkey, asked } = await signedIn();
    const deletions = () => asked.filter(({ method }) => method === "DELETE").length;
    expect(await latchkey(["tokens", "delete", token.id])).toMatchObject({ exit: 2 });
    expect(await latchkey(["tokens", "delete", token.id], { columns: 80, stdin: "no\r" })).toMatchObject({ exit: 1 });
    expect(deletions()).toBe(0);
    const sure = await latchkey(["tokens", "delete", token.id], { columns: 80, stdin: "y\r" });
    expect(sure).toMatchObject({ exit: 0, stdout: `Deleted ${token.id}.\n` });
    expect(sure.stderr).toContain("Order sync");
    expect(await latchkey(["tokens", "delete", token.id, "--yes"])).toMatchObject({ exit: 0 });
    expect(deletions()).toBe(2);
  });

  it("that are not there end with 4, and a text that is no id sends nothing", async () => {
    const { latchkey, asked } = await signedIn();
    const said = await latchkey(["tokens", "show", "9m9YQ2zk7hVd"]);
    expect(said).toMatchObject({ exit: 4, stdout: "" });
    expect(said.stderr).toContain("not_found, request req-1");
    expect(said.stderr).toContain("A token is named by its id");
    const before = asked.length;
    expect(await latchkey(["tokens", "show", "../me"])).toMatchObject({ exit: 2 });
    expect(asked).toHaveLength(before);
  });
});

describe("verify", () => {
  it("ends with 0 for a valid token and with 1 for any other, as text and as JSON", async () => {
    const server = await answeringServer(api);
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    const valid = await latchkey(["verify"], { stdin: `${SECRET}\n` });
    expect(valid).toMatchObject({ exit: 0, stderr: "" });
    expect(valid.stdout).toContain("Valid: Order sync, of Amara Okafor at Acme.");
    expect(await latchkey(["verify"], { stdin: "lk_pat_other" })).toMatchObject({
      exit: 1,
      stdout: "Not valid: The token is not valid.\n",
      stderr: "",
    });
    const said = await latchkey(["verify", "--json"], { stdin: "lk_pat_other" });
    expect([said.exit, said.json(), said.stderr]).toEqual([1, { valid: false, code: "invalid_token" }, ""]);
    expect(await latchkey(["verify"], { stdin: "no token\u0007at all" })).toMatchObject({ exit: 1 });
    expect(server.asked).toHaveLength(3);
  });

  it("takes no token as an argument, and repeats none that was given so", async () => {
    const server = await answeringServer(api);
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    for (const typed of [
      ["verify", SECRET],
      ["verify", `--token=${SECRET}`],
      ["login", `--token=${SECRET}`],
      ["whoami", SECRET],
      [SECRET],
    ]) {
      const said = await latchkey(typed);
      expect(said).toMatchObject({ exit: 2, stdout: "" });
      expect(said.stderr).not.toContain(SECRET);
    }
    expect(server.asked).toHaveLength(0);
  });

  it("ends with 5, and not with 1, where nobody can say", async () => {
    const server = await answeringServer(() => ({
      ...(problem(503, "unavailable") as object),
      headers: { "retry-after": "60" },
    }));
    const { latchkey } = commandLine({ LATCHKEY_HOST: server.url });
    expect(await latchkey(["verify"], { stdin: SECRET })).toMatchObject({ exit: 5, stdout: "" });
  });

  it("asks by introspection as a client", async () => {
    const server = await answeringServer(api);
    const client = { LATCHKEY_HOST: server.url, LATCHKEY_CLIENT_ID: "4cTq8ZbN1xWe", LATCHKEY_CLIENT_SECRET: "half" };
    const { latchkey } = commandLine(client);
    expect(await latchkey(["verify", "--introspect"], { stdin: SECRET })).toMatchObject({ exit: 0 });
    expect(await latchkey(["verify", "--introspect"], { stdin: "other" })).toMatchObject({ exit: 1 });
    expect(server.asked.every(({ headers }) => headers.authorization?.startsWith("Basic "))).toBe(true);
  });
});
