import { COMMON_OPTIONS, type Command } from "./command";
import { findCommand } from "./read-arguments";

export interface Candidate {
  word: string;
  /** What it does, for shells that show it. */
  words: string;
}

/** What may stand in place of the last of these words, which may be begun or empty. `profiles` are the logins kept here. */
export function candidates(
  typed: readonly string[],
  commands: readonly Command[],
  profiles: readonly string[],
): Candidate[] {
  const before = typed.slice(0, -1);
  const begun = typed.at(-1) ?? "";
  return fitting(before, begun, commands, profiles).filter(({ word }) => word.startsWith(begun));
}

function fitting(
  before: readonly string[],
  begun: string,
  commands: readonly Command[],
  profiles: readonly string[],
): Candidate[] {
  const command = findCommand(before, commands);
  if (!command) return nextWords(before, commands);
  const options = [...(command.options ?? []), ...COMMON_OPTIONS];
  const asked = options.find(({ name, takes }) => takes && before.at(-1) === `--${name}`);
  if (asked?.name === "profile") return profiles.map((word) => ({ word, words: "A login that is kept here." }));
  if (asked) return (asked.choices ?? []).map((word) => ({ word, words: asked.words }));
  if (begun.startsWith("-"))
    return options
      .filter(({ name, many }) => many || !before.includes(`--${name}`))
      .map(({ name, words }) => ({ word: `--${name}`, words }));
  const given = before.slice(command.path.split(" ").length).filter((word) => !word.startsWith("-"));
  const argument = command.takes?.[given.length];
  if (argument?.choices) return argument.choices.map((word) => ({ word, words: argument.name }));
  return argument?.name.endsWith("|self") ? [{ word: "self", words: "The token that is called with." }] : [];
}

/** The first word of each command, or the second of those that begin so. */
function nextWords(before: readonly string[], commands: readonly Command[]): Candidate[] {
  if (before.some((word) => word.startsWith("-"))) return [];
  const found = new Map<string, string>();
  for (const { path, words } of commands) {
    const parts = path.split(" ");
    const next = parts[before.length];
    if (path === "complete" || next === undefined || !before.every((word, at) => word === parts[at])) continue;
    found.set(
      next,
      found.has(next) || parts.length > before.length + 1 ? groupWords(parts.slice(0, before.length + 1)) : words,
    );
  }
  return [...found].map(([word, words]) => ({ word, words }));
}

const groupWords = (parts: readonly string[]) => `Commands about ${parts.join(" ")}.`;
