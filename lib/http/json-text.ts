/** What `JSON.parse` lets pass and no client means: a field given twice, nesting without end. */
export type JsonFlaw = { flaw: "too_deep" } | { flaw: "duplicate"; field: string };

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** Looks through the text of valid JSON. Fields are named by their path, such as `a.b`. */
export function findJsonFlaw(text: string, maxDepth: number): JsonFlaw | null {
  const open: { keys: Set<string> | null; at: string }[] = [];
  let pending: string | null = null;
  let key = "";
  for (const [token] of text.matchAll(TOKENS)) {
    const inside = open.at(-1);
    switch (token) {
      case "{":
      case "[":
        if (open.length >= maxDepth) return { flaw: "too_deep" };
        open.push({ keys: token === "{" ? new Set() : null, at: [inside?.at, key].filter(Boolean).join(".") });
        key = "";
        break;
      case "}":
      case "]":
        open.pop();
        break;
      case ":":
        if (!inside?.keys || pending === null) break;
        key = JSON.parse(pending) as string;
        if (inside.keys.has(key)) return { flaw: "duplicate", field: inside.at ? `${inside.at}.${key}` : key };
        inside.keys.add(key);
        break;
      case ",":
        key = "";
        break;
      default:
        pending = token;
    }
  }
  return null;
}
