import { spawn } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface CopyingShell {
  folder: string;
  /** Types those lines as they are, and resolves with what they wrote to stdout, and how the last of them ended. */
  type(lines: string): Promise<{ said: string; exit: number }>;
  close(): Promise<void>;
}

/**
 * A bash of a newcomer, in a folder with what the documents say to put there: the TypeScript client, `latchkey` and the
 * packages. curl adds the status of the answer as a last line.
 */
export async function openCopyingShell(): Promise<CopyingShell> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-guide-"));
  await mkdir(join(folder, "bin"));
  await copyFile("clients/typescript/latchkey.ts", join(folder, "latchkey.ts"));
  await copyFile("clients/cli/latchkey.mjs", join(folder, "bin/latchkey"));
  await chmod(join(folder, "bin/latchkey"), 0o755);
  await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await writeFile(join(folder, ".curlrc"), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');

  const bash = spawn("bash", ["--norc", "--noprofile"], {
    cwd: folder,
    env: {
      NODE_ENV: "test",
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      HOME: folder,
      CURL_HOME: folder,
      no_proxy: "localhost,127.0.0.1",
    },
  });
  let heard = "";
  let errors = "";
  bash.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  bash.stdout.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
    bash.emit("heard");
  });

  const ended = /\n== (\d+) ==\n$/;
  return {
    folder,
    async type(lines) {
      [heard, errors] = ["", ""];
      const answer = new Promise<RegExpMatchArray>((resolve, reject) => {
        const look = () => {
          const end = heard.match(ended);
          if (!end) return;
          bash.off("heard", look);
          resolve(end);
        };
        bash.on("heard", look).once("exit", () => reject(new Error(`The shell ended: ${errors}`)));
      });
      bash.stdin.write(`${lines}\nprintf '\\n== %s ==\\n' $?\n`);
      const end = await answer;
      return { said: heard.slice(0, end.index) || errors, exit: Number(end[1]) };
    },
    async close() {
      bash.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
