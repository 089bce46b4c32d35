import { env } from "@/lib/env";
import { EXAMPLE_ADDRESS } from "@/lib/http/reference/recorded-example";

const UUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** A whole secret: its form, its id, the rest. */
const SECRET = /\b([a-z]+_(?:pat|svc|cls|tmp)_)([0-9A-Za-z]{12})_[0-9A-Za-z]+/g;
const MASKED = /^([a-z]+_(?:pat|svc|cls|tmp)_)[0-9A-Za-z]{4}…$/;
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const TOKEN_ID = /^[0-9A-Za-z]{12}$/;
/** What is random and no id. */
const RANDOM: Record<string, string> = {
  next_cursor: "WyJ0b2tlbnMiLCIwMTk4YTRkMiJd",
  kid: "2026-06-15-a",
  x: "…",
  y: "…",
};
const TOKEN_IDS = ["7GhT2mQx0aBc", "9KpW4nRz1cDe", "2sVb6yLk8pXa", "5dFh3jMn7qTu"];

/**
 * An answer with what is made at random called by names that stay: ids by `known`, or in the order in which they come;
 * secrets cut short.
 */
export function renamed(answer: unknown, known: ReadonlyMap<string, string>): unknown {
  const names = new Map(known);
  let uuids = 0;
  let tokens = 0;
  const nameOf = (id: string, make: () => string) => {
    const name = names.get(id) ?? make();
    names.set(id, name);
    return name;
  };
  const uuid = (id: string) =>
    nameOf(id, () => `0198a4d4-${(++uuids).toString(16).padStart(4, "0")}-7c2b-8a6d-2f0c9b1e4a57`);
  const token = (id: string) => nameOf(id, () => TOKEN_IDS[tokens++] ?? id);

  function text(value: string, key: string, around: Record<string, unknown>): string {
    if (key in RANDOM) return RANDOM[key] ?? value;
    if ((key === "id" || key === "token_id" || key === "client_id" || key === "sub") && TOKEN_ID.test(value))
      return token(value);
    if (MASKED.test(value)) return value.replace(MASKED, `$1${token(String(around.id)).slice(0, 4)}…`);
    return value
      .replaceAll(env().PUBLIC_URL, EXAMPLE_ADDRESS)
      .replace(JWT, (jwt) => `${jwt.slice(0, 24)}…`)
      .replace(SECRET, (_, form: string, id: string) => `${form}${token(id)}_…`)
      .replace(UUID, uuid);
  }

  function walk(value: unknown, key: string, around: Record<string, unknown>): unknown {
    if (typeof value === "string") return text(value, key, around);
    if (Array.isArray(value)) return value.map((entry) => walk(entry, key, around));
    if (value === null || typeof value !== "object") return value;
    const fields = value as Record<string, unknown>;
    return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, walk(field, name, fields)]));
  }

  return walk(answer, "", {});
}
