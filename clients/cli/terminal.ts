import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { CommandEnd, EXIT, usage } from "./exit-codes";

/** What the command has around it. */
export interface Terminal {
  env: Record<string, string | undefined>;
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
}

const SILENT = new Writable({ write: (_, __, done) => done() });

/** Asks a person. What is secret is not shown while it is typed. Questions go to stderr, so that stdout stays clean. */
export async function ask(terminal: Terminal, question: string, { secret = false } = {}): Promise<string> {
  if (!terminal.stdin.isTTY) throw usage("There is nobody to ask: stdin is no terminal.");
  terminal.stderr.write(question);
  const lines = createInterface({
    input: terminal.stdin,
    output: secret ? SILENT : (terminal.stderr as Writable),
    terminal: true,
  });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once("line", resolve);
      lines.once("SIGINT", () => reject(new CommandEnd("Nothing was done.", EXIT.interrupted)));
      lines.once("close", () => reject(new CommandEnd("Nothing was done.", EXIT.interrupted)));
    });
  } finally {
    lines.close();
    if (secret) terminal.stderr.write("\n");
  }
}

/** A secret: asked for in a terminal, otherwise the first line of stdin. Never an argument, which others may see. */
export async function readSecret(terminal: Terminal, what: string): Promise<string> {
  const secret = terminal.stdin.isTTY
    ? await ask(terminal, `${what}: `, { secret: true })
    : await firstLine(terminal.stdin, what);
  if (secret.trim() === "")
    throw usage(
      `There is no ${what.toLowerCase()}.`,
      ...(terminal.stdin.isTTY ? [] : ["It is the first line of stdin where stdin is no terminal."]),
    );
  return secret;
}

/** More than any secret is long. */
const LONGEST = 16_384;

async function firstLine(input: NodeJS.ReadableStream, what: string): Promise<string> {
  let text = "";
  for await (const chunk of input) {
    text += chunk.toString();
    if (text.includes("\n")) break;
    if (text.length > LONGEST) throw usage(`That is longer than any ${what.toLowerCase()}.`);
  }
  return (text.split("\n", 1)[0] ?? "").replace(/\r$/, "");
}

/** Yes, by a word of one's own. */
export async function confirm(terminal: Terminal, question: string): Promise<boolean> {
  return /^y(es)?$/i.test((await ask(terminal, `${question} [y/N] `)).trim());
}
