import type { TokenWords } from "@/lib/tokens/token-words";

/** A name as programs write it, between backticks: pages show it in the face of code. */
export const code = (name: string): string => `\`${name}\``;

/** "`a`, `b` and `c`". */
export function list(names: readonly string[]): string {
  const marked = names.map(code);
  return marked.length < 2 ? (marked[0] ?? "nothing") : `${marked.slice(0, -1).join(", ")} and ${marked.at(-1)}`;
}

export const permissions = (names: readonly string[]): string =>
  `${names.length === 1 ? "the permission" : "the permissions"} ${list(names)}`;

export const calls = (limit: number | null): string =>
  limit === null ? "so many calls" : `${limit.toLocaleString("en")} ${limit === 1 ? "call" : "calls"}`;

const KINDS: Record<string, string> = { members: "member", groups: "group" };

/** One of what a collection holds, in a sentence. */
export const kindOf = (collection: string, { one }: TokenWords): string =>
  collection === "tokens" ? one : (KINDS[collection] ?? "thing");
