import { LatchkeyError, LatchkeyProblem, LatchkeySecretLost, LatchkeyUnreachable } from "../typescript/latchkey";
import type { Command } from "./command";
import { COMMANDS } from "./commands";
import { CommandEnd, EXIT, type ExitCode } from "./exit-codes";
import { helpOf, overview } from "./help";
import { Printer } from "./printer";
import { Profiles } from "./profiles";
import { findCommand, readArguments } from "./read-arguments";
import { callerOf, credentialVariable, latchkeyAt } from "./signed-in";
import type { Terminal } from "./terminal";

export const VERSION = "0.1.0";

/** Runs what was typed, and resolves with how it ends. Everything is said by then. */
export async function run(typed: readonly string[], terminal: Terminal, now = new Date()): Promise<ExitCode> {
  const argv = commandFirst(typed);
  const print = new Printer(terminal, { json: argv.includes("--json") });
  try {
    if (saysHelp(argv, print)) return EXIT.ok;
    const { command, args, options } = readArguments(argv, COMMANDS);
    const profiles = new Profiles(terminal.env);
    const text = (name: string) => options.get(name)?.at(-1);
    const caller = () => callerOf({ profile: text("profile"), host: text("host") }, terminal.env, profiles);
    await command.run({
      args,
      has: (name) => options.has(name),
      text,
      texts: (name) => options.get(name) ?? [],
      terminal,
      print,
      profiles,
      caller,
      client: async () => {
        const { host, credentials } = await caller();
        return latchkeyAt(host, credentials);
      },
      now,
    });
    return EXIT.ok;
  } catch (error) {
    return tell(error, print, argv, terminal.env);
  }
}

/** What every command takes may stand before it too. */
function commandFirst(typed: readonly string[]): string[] {
  const argv = typed.map((word) => (word === "-h" ? "--help" : word));
  let at = 0;
  while (argv[at]?.startsWith("--") && argv[at] !== "--")
    at += argv[at] === "--profile" || argv[at] === "--host" ? 2 : 1;
  return [...argv.slice(at), ...argv.slice(0, at)];
}

function saysHelp(argv: readonly string[], print: Printer): boolean {
  const [first] = argv;
  if (first === "--version") {
    print.line(VERSION);
    return true;
  }
  const asksFor = first === "help" ? argv.slice(1) : argv;
  const command: Command | undefined = findCommand(asksFor, COMMANDS);
  const end = argv.indexOf("--");
  const isAsked = first === "help" || (end === -1 ? argv : argv.slice(0, end)).includes("--help") || argv.length === 0;
  if (!isAsked || (asksFor.length > 0 && !asksFor[0]?.startsWith("-") && !command && !isGroup(asksFor[0])))
    return false;
  print.line(
    command
      ? helpOf(command, print.textWidth)
      : overview(
          COMMANDS.filter(({ path }) => !isGroup(asksFor[0]) || path.startsWith(`${asksFor[0]} `)),
          print.textWidth,
        ),
  );
  return true;
}

const isGroup = (word: string | undefined) => COMMANDS.some(({ path }) => path.startsWith(`${word} `));

/** What to type, where the API's own words are of its fields. */
const TYPING: Record<string, string | undefined> = {
  role_required: "Say --role NAME; latchkey roles list has them.",
  expiry_required: "Say --expires 90d.",
  not_found: "A token is named by its id, which latchkey tokens list shows first.",
};

/** Says what went wrong, to stderr, and how that ends. Never a credential: no error of the client holds one. */
function tell(error: unknown, print: Printer, argv: readonly string[], env: Terminal["env"]): ExitCode {
  if (error instanceof CommandEnd) return say(print, error.exit, error.message, error.hints);
  if (error instanceof LatchkeyProblem) {
    const { status, code, requestId, sentence, type } = error;
    const hints = [requestId ? `${code}, request ${requestId}` : code, ...(type ? [type] : [])];
    const exit = exitOf(status);
    // A login that failed need not be told to sign in.
    if (exit === EXIT.notSignedIn && argv[0] !== "login") hints.push(...mendOf(argv, env));
    const typing = TYPING[code];
    if (typing && argv[0] === "tokens") hints.push(typing);
    return say(print, exit, sentence, hints, {
      code,
      type,
      status,
      request_id: requestId,
      errors: error.errors,
      retry_after: error.retryAfter,
    });
  }
  if (error instanceof LatchkeySecretLost) {
    const id = (error.made as { id?: string } | undefined)?.id;
    return say(print, EXIT.unavailable, error.message, id ? [`latchkey tokens rotate ${id}`] : []);
  }
  if (error instanceof LatchkeyUnreachable) return say(print, EXIT.unavailable, error.message, []);
  if (error instanceof LatchkeyError) return say(print, EXIT.usage, error.message, []);
  throw error;
}

/** What to do where the credential is not valid, by where it came from. */
function mendOf(argv: readonly string[], env: Terminal["env"]): string[] {
  const variable = argv.some((word) => /^--profile(=|$)/.test(word)) ? null : credentialVariable(env);
  return variable
    ? [`${variable} is set, and goes before every kept login.`, "Mend it, unset it, or say --profile NAME."]
    : ["latchkey login signs you in again."];
}

function exitOf(status: number): ExitCode {
  if (status === 401) return EXIT.notSignedIn;
  if (status === 404) return EXIT.notFound;
  return status === 429 || status >= 500 ? EXIT.unavailable : EXIT.refused;
}

function say(
  print: Printer,
  exit: ExitCode,
  sentence: string,
  hints: readonly string[],
  facts: Record<string, unknown> = {},
): ExitCode {
  // What is not valid was said on stdout, as the answer that it is.
  if (sentence === "") return exit;
  if (print.isJson)
    print.note(JSON.stringify({ error: sentence, ...facts, ...(hints.length > 0 ? { hints } : {}), exit }));
  else print.note([`latchkey: ${sentence}`, ...hints.map((hint) => `  ${hint}`)].join("\n"));
  return exit;
}
