import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandLine } from "@/test/typed";
import { COMMANDS } from "./commands";
import { candidates } from "./complete";
import { VERSION } from "./run";

describe("what is mistyped", () => {
  it.each([
    [["tokns", "list"], "latchkey tokens list"],
    [["tokens", "lsit"], "latchkey tokens list"],
    [["whomai"], "latchkey whoami"],
    [["tokens", "list", "--stauts", "active"], "--status"],
    [["tokens", "list", "--status", "activ"], "active"],
  ])("%j is answered with what was meant, and ends with 2", async (typed, meant) => {
    const { latchkey } = commandLine();
    const said = await latchkey(typed);
    expect(said).toMatchObject({ exit: 2, stdout: "" });
    expect(said.stderr).toContain(`Did you mean${typed.includes("activ") ? "" : ":"} ${meant}`);
  });

  it.each([
    [["tokens", "show"]],
    [["tokens", "show", "a", "b"]],
    [["tokens", "list", "--limit"]],
    [["tokens", "list", "--limit", "--json"]],
    [["tokens", "list", "--limit", "0"]],
    [["tokens", "list", "--search", "a", "--search", "b"]],
    [["tokens", "extend", "1m9YQ2zk7hVd", "--expires", "tomorrow"]],
    [["completion", "tcsh"]],
    [["login", "--host", "nowhere"]],
    [["login", "--host", "localhost:3000"]],
    [["whoami", "--host", "localhost:3000"]],
  ])("%j ends with 2 and sends nothing", async (typed) => {
    const { latchkey } = commandLine({ LATCHKEY_TOKEN: "lk_pat_x", LATCHKEY_HOST: "http://127.0.0.1:1" });
    expect(await latchkey(typed)).toMatchObject({ exit: 2, stdout: "" });
  });
});

describe("a host that is no address", () => {
  it.each([[["login", "--host", "localhost:3000"]], [["whoami"]]])(
    "%j is told in words of the command line, without the host itself, which may hold a password",
    async (typed) => {
      const { latchkey } = commandLine({ LATCHKEY_TOKEN: "lk_pat_x", LATCHKEY_HOST: "https://me:hunter2@127.0.0.1:1" });
      const { stderr } = await latchkey(typed);
      expect(stderr).toContain("--host https://tokens.example.com, or LATCHKEY_HOST");
      expect(stderr).not.toMatch(/baseUrl|hunter2/);
    },
  );
});

describe("help", () => {
  it("is there for every command, with an example of it, and in the list of all", async () => {
    const { latchkey } = commandLine();
    const all = await latchkey(["--help"]);
    for (const { path, words } of COMMANDS) {
      const said = await latchkey([...path.split(" "), "--help"]);
      expect(said).toMatchObject({ exit: 0, stderr: "" });
      expect(said.stdout.replaceAll("\n", " ")).toContain(words);
      expect(said.stdout).toMatch(/Examples\n {2}# .+\n {2}.*latchkey/);
      if (path !== "complete") expect(all.stdout).toContain(`\n  ${path}`);
    }
  });

  it.each([
    [60, 60],
    [80, 80],
    [140, 100],
  ])("in a terminal of %i columns has lines of %i at most", async (columns, most) => {
    const { latchkey } = commandLine();
    for (const typed of [["--help"], ...COMMANDS.map(({ path }) => [...path.split(" "), "--help"])]) {
      const { stdout } = await latchkey(typed, { columns });
      // What is to be typed stays on one line.
      const said =
        stdout
          .split("\nExamples\n")[0]
          ?.split("\n")
          .filter((line) => !/^ {2}\S/.test(line)) ?? [];
      for (const line of said) expect([line, line.length <= most]).toEqual([line, true]);
    }
  });

  it("shows no secret as an argument of another program, where others on the machine would see it", () => {
    for (const { examples } of COMMANDS)
      for (const [line] of examples) expect(line).not.toMatch(/Bearer|\$\(latchkey access-token|-u /);
  });

  it("says its version as package.json does", async () => {
    const { latchkey } = commandLine();
    expect((await latchkey(["--version"])).stdout.trim()).toBe(VERSION);
    expect(JSON.parse(readFileSync("package.json", "utf8")).version).toBe(VERSION);
  });
});

describe("completion", () => {
  const words = (...typed: string[]) => candidates(typed, COMMANDS, ["default", "work"]).map(({ word }) => word);

  it("offers commands, options, values and profiles, and nothing that does not fit", () => {
    expect(words("tok")).toEqual(["tokens"]);
    expect(words("tokens", "c")).toEqual(["create", "cancel-rotation"]);
    expect(words("tokens", "list", "--st")).toEqual(["--status"]);
    expect(words("tokens", "list", "--status", "")).toEqual(["active", "expired", "deleted"]);
    expect(words("tokens", "rotate", "")).toEqual(["self"]);
    expect(words("whoami", "--profile", "w")).toEqual(["work"]);
    expect(words("completion", "")).toEqual(["bash", "zsh", "fish"]);
    expect(words("tokens", "show", "")).toEqual([]);
    expect(words("nothing", "")).toEqual([]);
  });

  it.each(["bash", "zsh", "fish"])(
    "prints a script for %s, which its shell understands where it is there",
    async (shell) => {
      const { latchkey } = commandLine();
      const { stdout, exit } = await latchkey(["completion", shell]);
      expect(exit).toBe(0);
      const parsed = spawnSync(shell, ["-n"], { input: stdout, encoding: "utf8" });
      if (shell === "bash" || !parsed.error) expect([parsed.status, parsed.stderr]).toEqual([0, ""]);
    },
  );

  it("completes in bash what the command says", async () => {
    const { latchkey } = commandLine();
    const { stdout } = await latchkey(["completion", "bash"]);
    const script = `latchkey() { node clients/cli/latchkey.mjs "$@"; }\n${stdout}\nCOMP_WORDS=(latchkey tokens li) COMP_CWORD=2; _latchkey; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const bash = spawnSync("bash", ["-c", script], { encoding: "utf8" });
    expect([bash.stdout, bash.stderr]).toEqual(["list\n", ""]);
  });
});
