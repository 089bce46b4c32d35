import { parseArgs } from "node:util";
import { COMMON_OPTIONS, type Command, type Option } from "./command";
import { usage } from "./exit-codes";
import { suggest } from "./suggest";

export interface Called {
  command: Command;
  args: string[];
  options: Map<string, string[]>;
}

/** The command that the words begin with; the longest, where one begins with another. */
export function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  return [...commands]
    .sort((a, b) => b.path.length - a.path.length)
    .find(({ path }) => path.split(" ").every((word, at) => words[at] === word));
}

/** What somebody typed, as the command it is. Throws a usage that repeats nothing but names: a value may be a secret. */
export function readArguments(argv: readonly string[], commands: readonly Command[]): Called {
  const command = findCommand(argv, commands);
  if (!command) throw unknownCommand(argv, commands);
  const known = [...COMMON_OPTIONS, ...(command.options ?? [])];
  const { tokens } = parseArgs({
    args: argv.slice(command.path.split(" ").length),
    options: Object.fromEntries(
      known.map(({ name, takes }) => [name, { type: takes ? "string" : "boolean" } as const]),
    ),
    strict: false,
    tokens: true,
  });
  const args: string[] = [];
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === "positional") args.push(token.value);
    if (token.kind !== "option") continue;
    const option = known.find(({ name }) => name === token.name);
    if (!option) throw unknownOption(token.rawName, known, command);
    options.set(option.name, [...(options.get(option.name) ?? []), givenFor(option, token, options)]);
  }
  if (!options.has("help")) checkArgs(command, args);
  return { command, args, options };
}

function givenFor(
  { name, takes, choices, many }: Option,
  { value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined },
  before: ReadonlyMap<string, string[]>,
): string {
  if (!takes) {
    if (inlineValue) throw usage(`--${name} takes no value. A secret is asked for, or read from stdin.`);
    return "";
  }
  if (value === undefined || (!inlineValue && /^-./.test(value))) throw usage(`--${name} takes a value: ${takes}.`);
  if (before.has(name) && !many) throw usage(`--${name} may be given once.`);
  if (choices && !choices.includes(value)) {
    const [meant] = suggest(value, choices);
    throw usage(`--${name} is one of ${choices.join(", ")}.${meant ? ` Did you mean ${meant}?` : ""}`);
  }
  return value;
}

function checkArgs({ path, takes = [] }: Command, args: readonly string[]): void {
  const more = `latchkey ${path} --help`;
  const missing = takes[args.length];
  if (missing) throw usage(`${missing.name} is missing.`, more);
  if (args.length > takes.length && !takes.at(-1)?.many)
    throw usage(
      takes.length === 0
        ? `latchkey ${path} takes no argument.`
        : `latchkey ${path} takes ${takes.length} and no more.`,
      more,
    );
  for (const [at, { name, choices }] of takes.entries())
    if (choices && !choices.includes(args[at] ?? "")) throw usage(`${name} is one of ${choices.join(", ")}.`, more);
}

function unknownCommand(argv: readonly string[], commands: readonly Command[]) {
  const words = argv.filter((word) => !word.startsWith("-"));
  const [first = "", second = ""] = words;
  if (first === "") return usage("Say what to do.", "latchkey --help");
  const inGroup = commands
    .filter(({ path }) => path.startsWith(`${first} `))
    .map(({ path }) => path.slice(first.length + 1));
  if (inGroup.length > 0) {
    const meant = suggest(second, inGroup).map((word) => `latchkey ${first} ${word}`);
    return usage(
      second === ""
        ? `latchkey ${first} is followed by one of ${inGroup.join(", ")}.`
        : `latchkey ${first} has no such command.`,
      meant.length > 0 ? `Did you mean: ${meant.join(", ")}` : `latchkey ${first} --help`,
    );
  }
  const firsts = [...new Set(commands.map(({ path }) => path.split(" ")[0] ?? ""))];
  const meant = suggest(first, firsts).map((word) => `latchkey ${[word, ...words.slice(1, 2)].join(" ")}`);
  return usage(
    "There is no such command.",
    ...(meant.length > 0 ? [`Did you mean: ${meant.join(", ")}`] : ["latchkey --help"]),
  );
}

function unknownOption(raw: string, known: readonly Option[], { path }: Command) {
  const meant = suggest(
    raw.replace(/^-+/, ""),
    known.map(({ name }) => name),
  ).map((name) => `--${name}`);
  return usage(
    `latchkey ${path} has no option ${/^--?[\w-]{1,30}$/.test(raw) ? raw : "of that name"}.`,
    meant.length > 0 ? `Did you mean: ${meant.join(", ")}` : `latchkey ${path} --help`,
  );
}
