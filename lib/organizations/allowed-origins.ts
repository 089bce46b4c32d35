import { z } from "zod";

/** Origins that one organization lists at most. */
export const MOST_ORIGINS = 20;
const MOST_CHARACTERS = 255;

/** An entry as browsers write it (RFC 6454, 6.2), or what is wrong with it in a sentence. */
export type ParsedOrigin = { ok: true; origin: string } | { ok: false; sentence: string };

const NOTHING = "This is no origin. Give one such as https://app.example.com.";

const wrong = (sentence: string): ParsedOrigin => ({ ok: false, sentence });

/** Whether a browser reaches nobody but its own machine by this name, so that nobody listens on the way. */
const isOwnMachine = (host: string) => /^(?:(?:.+\.)?localhost|127\.0\.0\.1|\[::1\])$/.test(host);

/**
 * One origin in the form in which a browser names it: scheme, host and a port that is not the scheme's own, all small, names
 * of other scripts as in Punycode. Plain http is for one's own machine alone; nothing stands for many.
 */
export function parseOrigin(written: string): ParsedOrigin {
  const text = written.trim();
  if (text.includes("*")) return wrong("Name each site by itself: a * is not allowed.");
  if (text.toLowerCase() === "null") return wrong("null is what pages of no site say, and so anybody’s. Name a site.");
  if (text.length > MOST_CHARACTERS || /\s/.test(text)) return wrong(NOTHING);
  if (!/^https?:\/\//i.test(text)) return wrong("Begin with https://, such as https://app.example.com.");
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return wrong(NOTHING);
  if (url.username || url.password) return wrong(`Leave out the user name: give ${url.origin}.`);
  if (url.href !== `${url.origin}/` || text.includes("\\")) {
    return wrong(`An origin ends with the host or its port: give ${url.origin}.`);
  }
  if (url.protocol === "http:" && !isOwnMachine(url.hostname)) {
    return wrong(
      "Begin with https://. Plain http:// is taken for localhost alone, since others could listen on the way.",
    );
  }
  return { ok: true, origin: url.origin };
}

/** What is wrong with one entry of a list, or with the list where `index` is null. */
export type OriginFault = { index: number | null; sentence: string };

/** A list of entries: each that is right as it is kept, at its place; of the others, and of those twice there, what is wrong. */
export function readOrigins(entries: readonly string[]): { origins: (string | null)[]; faults: OriginFault[] } {
  if (entries.length > MOST_ORIGINS) {
    const sentence = `Give at most ${MOST_ORIGINS} origins.`;
    return { origins: entries.map(() => null), faults: [{ index: null, sentence }] };
  }
  const origins: (string | null)[] = [];
  const faults: OriginFault[] = [];
  for (const [index, entry] of entries.entries()) {
    const parsed = parseOrigin(entry);
    const known = parsed.ok && origins.includes(parsed.origin);
    if (!parsed.ok) faults.push({ index, sentence: parsed.sentence });
    else if (known) faults.push({ index, sentence: `${parsed.origin} is in the list already.` });
    origins.push(parsed.ok && !known ? parsed.origin : null);
  }
  return { origins, faults };
}

/** A list of at most twenty entries, no two of them the same; each fault stands at its entry. */
export const originListInput = z
  .array(z.string({ error: NOTHING }), { error: "Give a list of origins." })
  .transform((entries, ctx): string[] => {
    const { origins, faults } = readOrigins(entries);
    for (const { index, sentence } of faults) {
      const at =
        index === null ? null : { path: [index], message: `${entries[index]?.slice(0, MOST_CHARACTERS)}: ${sentence}` };
      ctx.addIssue({ code: "custom", message: sentence, input: entries, ...at });
    }
    return origins.filter((origin) => origin !== null);
  });

/** Typed text as a list: one entry a line; several in a line, as they are pasted, count as well. Lines count from 1. */
export function readOriginLines(text: string): {
  origins: string[];
  faults: { line: number | null; sentence: string }[];
} {
  const entries = text.split("\n").flatMap((words, index) =>
    words
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((entry) => ({ entry, line: index + 1 })),
  );
  const { origins, faults } = readOrigins(entries.map(({ entry }) => entry));
  return {
    origins: origins.filter((origin) => origin !== null),
    faults: faults.map(({ index, sentence }) => ({
      line: index === null ? null : (entries[index]?.line ?? null),
      sentence,
    })),
  };
}
