import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { answeringServer } from "@/test/answering-server";
import { api, PASSWORD, problem, SECRET, signedIn } from "@/test/small-api";
import { commandLine } from "@/test/typed";

afterEach(() => {
  vi.useRealTimers();
});

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
    const { stdout } = await latchkey(["profiles", "list"]);
    expect(stdout).toMatch(/^ +default +\S+ +a token of Amara Okafor +Acme$/m);
    expect(stdout).toMatch(/^\* +job +\S+ +a client 4cTq8ZbN1xWe +Acme$/m);
    expect(stdout).not.toContain(SECRET);
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
    expect((await latchkey(["profiles", "list"], { env })).stderr).toContain("LATCHKEY_TOKEN is set, and goes before");
    expect((await latchkey(["profiles", "list"])).stderr).toBe("");
  });

  it("comes from the environment where it is there, unless a profile is named", async () => {
    const { latchkey, asked } = await signedIn();
    await latchkey(["whoami"], { env: { LATCHKEY_TOKEN: SECRET } });
    expect(asked.at(-1)?.headers.authorization).toBe(`Bearer ${SECRET}`);
    await latchkey(["whoami", "--profile", "default"], { env: { LATCHKEY_TOKEN: SECRET } });
    expect(asked.at(-1)?.headers.authorization).toBe("Bearer a.b.1");
  });

  it("is what the README's lines sign in to, in one shell in which its first call has exported a token", async () => {
    const { url, asked } = await answeringServer(api);
    const blocks = readFileSync("README.md", "utf8").match(/(?<=^```sh\n)[^`]*LATCHKEY_TOKEN[^`]*(?=^```)/gm) ?? [];
    const lines = blocks.join("").split("\n");
    expect(lines[0]).toMatch(/^export LATCHKEY_TOKEN=/);
    const typed = lines.filter((line) => !line.startsWith("curl ")).join("\n");
    expect(typed.match(/^npx latchkey /gm)).toHaveLength(3);
    const config = mkdtempSync(join(tmpdir(), "latchkey-readme-"));
    onTestFinished(() => rmSync(config, { recursive: true }));
    const npx = `npx() { shift; ${process.execPath} clients/cli/latchkey.mjs "$@"; }`;
    const here = typed.replaceAll("http://localhost:3000", url);
    const shell = spawn("bash", ["-e", "-o", "pipefail", "-c", `${npx}\n${here}`], {
      env: { PATH: process.env.PATH, XDG_CONFIG_HOME: config } as unknown as NodeJS.ProcessEnv,
    });
    let said = "";
    for (const output of [shell.stdout, shell.stderr])
      output.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    shell.stdin.end(`${PASSWORD}\n`);
    expect([...(await once(shell, "close")), said]).toEqual([0, null, expect.stringContaining("Valid: Order sync")]);
    const calls = asked.filter(({ url }) => url.startsWith("/api/v1/tokens"));
    expect(new Set(calls.map(({ method }) => method))).toEqual(new Set(["POST", "GET"]));
    expect(new Set(calls.map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer a.b.1"]));
  }, 30_000);
});
