import { z } from "zod";

// NUL cannot be stored by PostgreSQL; the other control characters and the bidirectional overrides would let a name
// disguise the text around it.
const UNPRINTABLE = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
// Format characters, spaces, and the letters that are drawn as nothing: Hangul fillers and the empty Braille cell.
const INVISIBLE = /[\p{Cf}\p{Z}\p{Mn}\p{Me}\u115f\u1160\u3164\uffa0\u2800]/gu;
// The same without tabs and line ends, which a text of several lines may have.
const UNPRINTABLE_IN_LINES = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

/** Names the first character that may not stand in a text, as Unicode numbers it, and its place, counted from 1. */
const takeOut =
  (unprintable: RegExp) =>
  ({ input }: { input?: unknown }): string => {
    const characters = [...String(input)];
    const at = characters.findIndex((character) => unprintable.test(character));
    const code = (characters[at]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return `Take out the invisible character U+${code} at place ${at + 1}.`;
  };

/** Length in characters as PostgreSQL counts them: code points, not UTF-16 units. */
const codePoints = (value: string) => [...value].length;

/**
 * One line that a person typed: any Unicode, trimmed, NFC, 1 to `max` characters. Before that it may be longer, by spaces and
 * by characters in parts; its description tells `max` alone.
 */
export const nameInput = (what: string, max = 200) =>
  z
    .string({ error: `Enter ${what}.` })
    .max(max * 4, { error: `Keep ${what} to ${max} characters.` })
    .refine((value) => value.isWellFormed(), { error: "This holds a broken character." })
    .meta({ maxLength: max })
    .transform((value) => value.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(1, { error: `Enter ${what}.`, abort: true })
        .refine((value) => !UNPRINTABLE.test(value), { error: takeOut(UNPRINTABLE), abort: true })
        .refine((value) => value.replace(INVISIBLE, "") !== "", { error: `Enter ${what}.`, abort: true })
        .refine((value) => codePoints(value) <= max, { error: `Keep ${what} to ${max} characters.` }),
    );

/** Some lines that a person may leave out; empty becomes null. */
export const descriptionInput = (what: string, max = 500) =>
  z
    .string({ error: `Enter ${what} as text.` })
    .max(max * 4, { error: `Keep ${what} to ${max} characters.` })
    .refine((value) => value.isWellFormed(), { error: "This holds a broken character." })
    .meta({ maxLength: max })
    .transform((value) => value.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .refine((value) => !UNPRINTABLE_IN_LINES.test(value), { error: takeOut(UNPRINTABLE_IN_LINES) })
        .refine((value) => codePoints(value) <= max, { error: `Keep ${what} to ${max} characters.` }),
    )
    .transform((value) => (value === "" ? null : value));
