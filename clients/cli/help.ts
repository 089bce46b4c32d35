import { COMMON_OPTIONS, type Command, type Option } from "./command";

/** What `--help` of one command says, in lines of so many characters at most. */
export function helpOf(command: Command, width: number): string {
  const { words, more = [], options = [], examples } = command;
  return sections([
    `${wrapped(words, "", width)}\n\n  ${usageLine(command)}`,
    ...more.map((paragraph) => wrapped(paragraph, "", width)),
    options.length > 0 ? `Options\n${optionLines(options, width)}` : "",
    `Options of every command\n${optionLines(COMMON_OPTIONS, width)}`,
    `Examples\n${examples.map(([line, about]) => `  # ${about}\n  ${line}`).join("\n\n")}`,
  ]);
}

/** What `latchkey --help` says. */
export function overview(commands: readonly Command[], width: number): string {
  return sections([
    wrapped("Latchkey on the command line: API tokens, and who holds them.", "", width),
    `Commands\n${columns(
      commands.filter(({ path }) => path !== "complete").map((command) => [usageLine(command, true), command.words]),
      width,
    )}`,
    `Options of every command\n${optionLines(COMMON_OPTIONS, width)}`,
    `Environment\n${columns(
      [
        ["LATCHKEY_HOST", "Where Latchkey is."],
        ["LATCHKEY_TOKEN", "A token to call with, in place of a kept login."],
        ["LATCHKEY_CLIENT_ID, LATCHKEY_CLIENT_SECRET", "A client to call as, likewise."],
        ["LATCHKEY_PROFILE", "Which kept login."],
        ["NO_COLOR", "No colours. There are none where stdout is no terminal."],
      ],
      width,
    )}`,
    `How it ends\n${columns(
      [
        ["0", "It was done, or is valid."],
        ["1", "It was refused, or is not valid."],
        ["2", "It was not called as it has to be."],
        ["3", "Nobody is signed in, or no longer."],
        ["4", "There is no such thing, or it is not yours to see."],
        ["5", "No answer, or one that says to come again later."],
      ],
      width,
    )}`,
    "latchkey COMMAND --help says more, with examples.",
  ]);
}

function usageLine({ path, takes = [], options = [] }: Command, short = false): string {
  const args = takes.map(({ name, choices, many }) => `${choices ? choices.join("|") : name}${many ? "…" : ""}`);
  return ["latchkey", path, ...args, ...(options.length > 0 && !short ? ["[options]"] : [])]
    .slice(short ? 1 : 0)
    .join(" ");
}

const optionLines = (options: readonly Option[], width: number) =>
  columns(
    options.map(({ name, takes, words, choices, many }) => [
      `--${name}${takes ? ` ${takes}` : ""}`,
      `${words}${choices ? ` One of ${choices.join(", ")}.` : ""}${many ? " May be repeated." : ""}`,
    ]),
    width,
  );

function columns(rows: readonly (readonly [string, string])[], room: number): string {
  const width = Math.min(30, Math.max(...rows.map(([name]) => name.length)));
  const indent = " ".repeat(width + 4);
  return rows
    .map(([name, words]) => {
      const said = wrapped(words, indent, room).slice(indent.length);
      return name.length > width ? `  ${name}\n${indent}${said}` : `  ${name.padEnd(width)}  ${said}`;
    })
    .join("\n");
}

function wrapped(text: string, indent: string, width: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines.join("\n");
}

const sections = (parts: string[]) => parts.filter((part) => part !== "").join("\n\n");
