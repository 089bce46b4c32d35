import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { onTestFinished } from "vitest";
import { run } from "@/clients/cli/run";

interface Around {
  /** What is on stdin; a terminal's, where `columns` says how wide it is. */
  stdin?: string;
  columns?: number;
  env?: Record<string, string>;
  now?: Date;
}

/** A person at the command line, whose logins are kept in a folder of the test's own. */
export function commandLine(env: Record<string, string> = {}) {
  const config = mkdtempSync(join(tmpdir(), "latchkey-cli-"));
  onTestFinished(() => rmSync(config, { recursive: true, force: true }));
  const latchkey = async (typed: string[], around: Around = {}) => {
    const isTTY = around.columns !== undefined;
    const said = { stdout: "", stderr: "" };
    const stream = (name: "stdout" | "stderr") => {
      const output = new PassThrough();
      output.setEncoding("utf8").on("data", (text: string) => {
        said[name] += text;
      });
      return Object.assign(output, { isTTY, columns: around.columns });
    };
    const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => {} });
    if (isTTY) stdin.write(around.stdin ?? "");
    else stdin.end(around.stdin ?? "");
    const [stdout, stderr] = [stream("stdout"), stream("stderr")];
    const exit = await run(
      typed,
      { env: { XDG_CONFIG_HOME: config, ...env, ...around.env }, stdin, stdout, stderr },
      around.now,
    );
    return { exit, ...said, json: () => JSON.parse(said.stdout) };
  };
  return { latchkey, file: join(config, "latchkey", "profiles.json") };
}
