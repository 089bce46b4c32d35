import type { z } from "zod";
import { type TokenQuery, tokenQuery } from "./token-input";

/** The query of an address as Next hands it to a page. */
export type SearchParams = Record<string, string | string[] | undefined>;

/** A part of the address that says nothing this list understands. */
export interface IgnoredParam {
  name: keyof TokenQuery;
  value: string;
}

const shape = tokenQuery.shape;

/** The parameters that take several values: repeated, with commas, or both. */
const LISTS = ["issued_by", "role", "status"] as const;

/** Values of one parameter that are told apart; the rest of an endless address is not even looked at. */
const MOST_VALUES = 200;

/**
 * Reads a page's address into a query, forgivingly: what is not understood counts as not said and is named in `ignored`,
 * so that an old link still shows something and the page can say what it left out. Parameters with other names belong
 * to somebody else and are passed over. The API is strict instead.
 */
export function readTokenSearchParams(params: SearchParams): { query: TokenQuery; ignored: IgnoredParam[] } {
  const ignored: IgnoredParam[] = [];
  const note = (name: keyof TokenQuery, value: string) => ignored.push({ name, value });

  function one<T>(name: keyof TokenQuery, field: z.ZodType<T>, tidy?: (value: string) => string): T {
    const [first, ...more] = all(params[name]);
    for (const value of more) note(name, value);
    if (first === undefined) return field.parse(undefined);
    const parsed = field.safeParse(tidy ? tidy(first) : first);
    if (parsed.success) return parsed.data;
    note(name, first);
    return field.parse(undefined);
  }

  const lists = Object.fromEntries(
    LISTS.map((name) => {
      const said = new Set(all(params[name]).flatMap((value) => value.split(",").map((part) => part.trim())));
      said.delete("");
      const kept: string[] = [];
      for (const value of said) {
        if (shape[name].safeParse([...kept, value]).success) kept.push(value);
        else note(name, value);
      }
      return [name, kept];
    }),
  ) as Pick<TokenQuery, (typeof LISTS)[number]>;

  const query: TokenQuery = {
    q: one("q", shape.q, (text) => withoutSecret(text).trim()),
    ...lists,
    last_used: one("last_used", shape.last_used),
    expires: one("expires", shape.expires),
    policy: one("policy", shape.policy),
    sort: one("sort", shape.sort),
    limit: one("limit", shape.limit),
    cursor: one("cursor", shape.cursor),
  };
  return { query, ignored };
}

/** The values of a parameter, empty ones left out: `?status=` says nothing. */
function all(value: string | string[] | undefined): string[] {
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return values.filter((text) => text.trim() !== "").slice(0, MOST_VALUES);
}

/** True where the query narrows the list down: sorting and paging do not. */
export const isFiltered = (query: TokenQuery): boolean =>
  query.q !== "" ||
  query.last_used !== null ||
  query.expires !== null ||
  query.policy !== null ||
  LISTS.some((name) => query[name].length > 0);

/** The query as an address, defaults left out, in an order of its own: the same view has one address. */
export function tokenSearch(query: Partial<TokenQuery>): string {
  const params = new URLSearchParams();
  if (query.q) params.set("q", query.q);
  for (const name of LISTS) if (query[name]?.length) params.set(name, query[name].join(","));
  if (query.last_used) params.set("last_used", query.last_used);
  if (query.expires) params.set("expires", query.expires);
  if (query.policy) params.set("policy", query.policy);
  if (query.sort && query.sort !== DEFAULTS.sort) params.set("sort", query.sort);
  if (query.limit && query.limit !== DEFAULTS.limit) params.set("limit", String(query.limit));
  if (query.cursor) params.set("cursor", query.cursor);
  const search = params.toString().replaceAll("%2C", ",");
  return search ? `?${search}` : "";
}

const DEFAULTS = tokenQuery.parse({});

const WHOLE_TOKEN = /(?<![A-Za-z0-9])[a-z][a-z0-9]{1,7}_(?:pat|svc|cls|tmp)_([0-9A-Za-z]{12})_[0-9A-Za-z]+/;
const WHOLE_TOKENS = new RegExp(WHOLE_TOKEN, "g");

/**
 * What may be searched for and stay in an address: a pasted token gives way to its id, since an address ends up in
 * histories and logs. Also where the token is cut short, or stands in a line with other words.
 */
export function withoutSecret(text: string): string {
  return WHOLE_TOKEN.exec(text)?.[1] ?? text;
}

const WHOLE_ACCESS_TOKENS = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;
const withIds = (text: string) => text.replace(WHOLE_TOKENS, "$1").replace(WHOLE_ACCESS_TOKENS, "access-token");

/**
 * The query of an address with the id in place of every whole token, and no access token, to go to instead; null where there
 * is none.
 */
export function searchWithoutSecret(search: string): string | null {
  if (!search.includes("_") && !search.includes("eyJ")) return null;
  const params = [...new URLSearchParams(search)];
  const safe = params.map(([name, value]): [string, string] => [
    withIds(name),
    name === "q" ? withIds(withoutSecret(value)) : withIds(value),
  ]);
  const changed = safe.some(([name, value], index) => name !== params[index]?.[0] || value !== params[index]?.[1]);
  return changed ? `?${new URLSearchParams(safe)}` : null;
}
