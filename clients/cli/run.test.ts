import { describe, expect, it } from "vitest";
import { answeringServer } from "@/test/answering-server";
import { api, problem, role, SECRET, signedIn, token } from "@/test/small-api";
import { commandLine } from "@/test/typed";

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
