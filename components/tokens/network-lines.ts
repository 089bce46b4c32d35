import { MOST_NETWORKS, outsideOf, readNetworks } from "@/lib/access/networks";

/** What is wrong with a line, counted from 1; with the whole where there is none. */
export type NetworkFault = { line: number | null; sentence: string };

/** One entry a line, as a person types them; several in a line, as they are pasted, count as well. */
export const networkEntries = (text: string): { entry: string; line: number }[] =>
  text.split("\n").flatMap((words, index) =>
    words
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((entry) => ({ entry, line: index + 1 })),
  );

/** The typed text as a list of what is right, and what is wrong at which line. `bounds` are the policy's networks. */
export function readNetworkLines(
  text: string,
  bounds: readonly string[] = [],
): { networks: string[]; faults: NetworkFault[] } {
  const entries = networkEntries(text);
  const read = readNetworks(entries.map(({ entry }) => entry));
  const lineAt = (index: number | null) => (index === null ? null : (entries[index]?.line ?? null));
  const faults = read.faults.map(({ index, sentence }) => ({ line: lineAt(index), sentence }));
  const networks = read.networks.filter((network) => network !== null);
  for (const network of outsideOf(networks, bounds)) {
    const line = lineAt(read.networks.indexOf(network));
    faults.push({ line, sentence: "The organization’s policy does not allow this one, or not all of it." });
  }
  faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  // Three words on a line that are all no address are one thing to put right.
  const said = new Set<string>();
  const once = faults.filter(({ line, sentence }) => {
    const key = `${line} ${sentence}`;
    return !said.has(key) && said.add(key);
  });
  return { networks, faults: once };
}

/** The text with one more entry on a line of its own. */
export function withNetwork(text: string, network: string): string {
  const before = text.trimEnd();
  return before === "" ? network : `${before}\n${network}`;
}

/** "203.0.113.7, 10.0.0.0/8 and 4 more". */
export function networksInWords(networks: readonly string[], shown = 3): string {
  const more = networks.length - shown;
  return more > 0 ? `${networks.slice(0, shown).join(", ")} and ${more} more` : networks.join(", ");
}

/** Days back in which a call counts as late. */
export const CALLED_WITHIN_DAYS = 7;

/** "Called from 203.0.113.9 in the last 7 days, which is not among them."; null where all are, or where none are set. */
export function shutOutSentence(networks: readonly string[], callers: readonly string[]): string | null {
  const outside = networks.length === 0 ? [] : outsideOf(callers, networks);
  if (outside.length === 0) return null;
  const are = outside.length === 1 ? "is" : "are";
  return `Called from ${networksInWords(outside)} in the last ${CALLED_WITHIN_DAYS} days, which ${are} not among them.`;
}

export const isFull = (text: string): boolean => networkEntries(text).length >= MOST_NETWORKS;
