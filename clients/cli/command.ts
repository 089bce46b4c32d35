import type { Latchkey } from "../typescript/latchkey";
import type { Printer } from "./printer";
import type { Profiles } from "./profiles";
import type { Caller } from "./signed-in";
import type { Terminal } from "./terminal";

export interface Option {
  /** Without its dashes. */
  name: string;
  words: string;
  /** What stands for its value in the help. A flag has none. */
  takes?: string;
  /** The values that there are. */
  choices?: readonly string[];
  /** May be repeated. */
  many?: true;
}

export interface Argument {
  /** As in the help: ID. */
  name: string;
  choices?: readonly string[];
  /** One or more of it. */
  many?: true;
}

/** One command, as its help, the completion and the run read it. */
export interface Command {
  /** Its words: `tokens list`. */
  path: string;
  /** What it does, in a line. */
  words: string;
  takes?: readonly Argument[];
  options?: readonly Option[];
  /** What else there is to know, a paragraph each. */
  more?: readonly string[];
  /** Each with what it is for. */
  examples: readonly (readonly [line: string, words: string])[];
  run(call: CommandCall): Promise<void>;
}

/** A command as somebody called it. */
export interface CommandCall {
  args: readonly string[];
  /** Whether an option without a value was given. */
  has(name: string): boolean;
  /** The value of an option; undefined where it was not given. */
  text(name: string): string | undefined;
  /** All its values, in order. */
  texts(name: string): string[];
  terminal: Terminal;
  print: Printer;
  profiles: Profiles;
  /** The API as whoever is signed in. Ends the command where nobody is. */
  client(): Promise<Latchkey>;
  /** The same, and with which credential. */
  caller(): Promise<Caller>;
  now: Date;
}

/** What every command takes. */
export const COMMON_OPTIONS: readonly Option[] = [
  { name: "json", words: "JSON instead of a table, errors too." },
  { name: "profile", takes: "NAME", words: "Another login than the current one." },
  { name: "host", takes: "URL", words: "Where Latchkey is. A kept login goes to its own host only." },
  { name: "help", words: "This." },
];
