import type { StatusTone } from "@/components/ui/status-dot";
import type { JobLine } from "@/lib/jobs/list-jobs";

/** How a job fares, in a dot and a word. */
export function jobState({ isRunning, isLate, failure, runs }: JobLine): { tone: StatusTone; words: string } {
  if (failure) return { tone: "red", words: "Failing" };
  if (isRunning && !isLate) return { tone: "blue", words: "Running" };
  if (runs === 0) return { tone: "grey", words: "Not run yet" };
  return isLate ? { tone: "amber", words: "Late" } : { tone: "green", words: "On time" };
}

/** "12 sent, 1 failed": what is not nothing; null where all is. */
export function jobCounts(counts: Record<string, number>): string | null {
  const parts = Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .map(([what, count]) => `${count.toLocaleString("en")} ${wordsOf(what)}`);
  return parts.length > 0 ? parts.join(", ") : null;
}

/** What a job calls by a name that means something else to whoever reads it. */
const NAMED: Record<string, string> = { notices: "tokens told of", marks: "marks of past expiries" };

/** "tokensDeleted" as "tokens deleted". */
const wordsOf = (name: string) =>
  NAMED[name] ?? name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("_", " ");

/** "340 ms", "2.1 s", "3 min". */
export function durationText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}
