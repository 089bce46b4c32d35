import type { TokenWords } from "./token-words";

const LONGEST = 60;
/** Scripts that run from right to left, as blocks. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A token's name for the title of its page: whole characters, cut short, and never reordering what follows it. */
export function tokenTitle(name: string, { title }: Pick<TokenWords, "title">): string {
  const characters = [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(name)];
  const short =
    characters.length > LONGEST
      ? `${characters
          .slice(0, LONGEST - 1)
          .map(({ segment }) => segment)
          .join("")
          .trimEnd()}…`
      : name;
  // First strong isolate and its end (UAX #9): the title goes on from left to right.
  const isolated = RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
  return `${isolated} · ${title}`;
}
