import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import { expiresSoonCondition, unacknowledgedCondition } from "./expiry-condition";
import { loadRules, type TokenRules } from "./load-rules";
import { outsideCondition } from "./outside-condition";
import { selectTokens, visibleCondition } from "./read-tokens";
import { statusCondition } from "./status-condition";
import type { LastUsedRange, TokenQuery, TokenSort } from "./token-input";
import type { TokenPage, TokenRow } from "./token-row";
import { DAY } from "./token-status";

/** A page of the tokens that the actor sees. Throws `InvalidCursor` for a cursor that this list did not make. */
export async function listTokens(
  actor: Actor,
  query: TokenQuery,
  ctx: Context,
  known?: TokenRules,
): Promise<TokenPage> {
  const rules = known ?? (await loadRules(ctx.db, actor.organizationId));
  const matching = sql`${visibleCondition(actor, rules.policy)} ${filterCondition(actor, query, rules, ctx.now)}`;
  const order = sortOrder(query.sort);
  const from = query.cursor ? readCursor(query.cursor, query.sort) : null;
  const backwards = from?.way === "previous";

  const [found, counted] = await Promise.all([
    selectTokens(
      ctx.db,
      actor,
      rules,
      {
        where: from ? sql`${matching} and ${beyond(order, from.key, backwards)}` : matching,
        orderBy: orderBy(order, backwards),
        limit: query.limit + 1,
      },
      ctx.now,
    ),
    ctx.db.execute<{ total: number }>(sql`select count(*)::int as total from ${apiTokens} where ${matching}`),
  ]);

  const more = found.length > query.limit;
  const rows = found.slice(0, query.limit);
  if (backwards) rows.reverse();
  const total = counted[0]?.total ?? 0;
  const first =
    rows.length === 0 ? 0 : !from ? 1 : backwards ? (more ? Math.max(1, from.place - rows.length) : 1) : from.place;
  const hasNext = backwards ? true : more;
  const hasPrevious = backwards ? more : from !== null;
  const cursorAt = (row: TokenRow | undefined, way: "next" | "previous", place: number) =>
    row ? encodeCursor("tokens", { sort: query.sort, way, key: [sortKey(order.column, row), row.id], place }) : null;
  return {
    rows,
    nextCursor: hasNext ? cursorAt(rows.at(-1), "next", first + rows.length) : null,
    previousCursor: hasPrevious ? cursorAt(rows[0], "previous", first) : null,
    total,
    first,
  };
}

/** An instant exactly as `sortKey` writes it. */
const instantKey = z
  .string()
  .length(24)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text);
/** What a page can end at, by the column that it is sorted by. */
const SORT_KEYS: Record<TokenSort, z.ZodType<string | null>> = {
  name: z.string().max(800),
  created_at: instantKey,
  last_used_at: instantKey.nullable(),
  expires_at: instantKey.nullable(),
};

function readCursor(text: string, sort: string) {
  return decodeCursor(
    "tokens",
    text,
    z.object({
      sort: z.literal(sort),
      way: z.enum(["next", "previous"]),
      key: z.tuple([SORT_KEYS[sortOrder(sort).column], z.string().regex(/^[0-9A-Za-z]{12}$/)]),
      /** Next: the number of the row that comes first. Previous: the number of the row that the page ends before. */
      place: z.number().int().min(1),
    }),
  );
}

interface Order {
  column: TokenSort;
  descending: boolean;
  expression: SQL;
  /** Where rows without a value stand in this order: never used comes last by last use, never expires last by expiry. */
  emptyLast: boolean;
}

const EXPRESSIONS: Record<TokenSort, SQL> = {
  created_at: sql`${apiTokens.createdAt}`,
  name: sql`lower(${apiTokens.name}) collate "C"`,
  last_used_at: sql`${apiTokens.lastUsedAt}`,
  expires_at: sql`${apiTokens.expiresAt}`,
};

function sortOrder(sort: string): Order {
  const descending = sort.startsWith("-");
  const column = (descending ? sort.slice(1) : sort) as TokenSort;
  return { column, descending, expression: EXPRESSIONS[column], emptyLast: (column === "last_used_at") === descending };
}

function orderBy({ expression, descending, emptyLast }: Order, backwards: boolean): SQL {
  const way = descending !== backwards ? sql`desc` : sql`asc`;
  const empty = emptyLast !== backwards ? sql`nulls last` : sql`nulls first`;
  return sql`${expression} ${way} ${empty}, ${apiTokens.id} ${way}`;
}

function sortKey(column: TokenSort, row: TokenRow): string | null {
  switch (column) {
    case "name":
      return row.name;
    case "created_at":
      return row.createdAt.toISOString();
    case "last_used_at":
      return row.lastUsedAt?.toISOString() ?? null;
    case "expires_at":
      return row.expiresAt?.toISOString() ?? null;
  }
}

/** Rows after `key` in the order, or before it where the page goes backwards. */
function beyond(order: Order, [value, id]: [string | null, string], backwards: boolean): SQL {
  const { expression, column } = order;
  const further = order.descending !== backwards ? sql`<` : sql`>`;
  const emptyAhead = order.emptyLast !== backwards;
  const key = column === "name" ? sql`lower(${value}) collate "C"` : sql`${value}::timestamptz`;
  if (column === "created_at" || column === "name")
    return sql`(${expression}, ${apiTokens.id}) ${further} (${key}, ${id})`;
  if (value === null) {
    const amongEmpty = sql`(${expression} is null and ${apiTokens.id} ${further} ${id})`;
    return emptyAhead ? amongEmpty : sql`(${amongEmpty} or ${expression} is not null)`;
  }
  const amongFilled = sql`(${expression}, ${apiTokens.id}) ${further} (${key}, ${id})`;
  return emptyAhead ? sql`(${amongFilled} or ${expression} is null)` : amongFilled;
}

/** The filters of a query as one condition that starts with `and`, or nothing. */
function filterCondition(actor: Actor, query: TokenQuery, rules: TokenRules, now: Date): SQL {
  const parts: SQL[] = [];
  if (query.q) parts.push(searchCondition(query.q));
  if (query.issued_by.length > 0) parts.push(sql`${apiTokens.issuerId} in ${query.issued_by}`);
  if (query.role.length > 0) {
    const named = query.role.filter((role) => role !== "none");
    const none = query.role.length > named.length ? sql`${apiTokens.roleId} is null` : sql`false`;
    parts.push(named.length > 0 ? sql`(${apiTokens.roleId} in ${named} or ${none})` : none);
  }
  if (query.status.length > 0) {
    parts.push(
      sql`(${sql.join(
        query.status.map((status) => statusCondition(status, now)),
        sql` or `,
      )})`,
    );
  }
  if (query.last_used) parts.push(lastUsedCondition(query.last_used, now));
  if (query.expires) parts.push(expiresSoonCondition(now));
  if (query.expires === "unacknowledged") parts.push(unacknowledgedCondition(actor, now));
  if (query.policy) {
    const outside = outsideCondition(actor.organizationId, rules, now);
    parts.push(query.policy === "outside" ? outside : sql`(${statusCondition("active", now)} and not ${outside})`);
  }
  return parts.length > 0 ? sql`and ${sql.join(parts, sql` and `)}` : sql``;
}

const HOURS: Record<Exclude<LastUsedRange, "never">, number> = {
  "24h": 24,
  "7d": 168,
  "30d": 720,
  "90d": 2160,
  over_90d: 2160,
};

function lastUsedCondition(range: LastUsedRange, now: Date): SQL {
  if (range === "never") return sql`${apiTokens.lastUsedAt} is null`;
  const bound = new Date(now.getTime() - HOURS[range] * (DAY / 24)).toISOString();
  if (range !== "over_90d") return sql`${apiTokens.lastUsedAt} > ${bound}`;
  // What was last used before the bound was created before it too: said aloud, it lets the index on creation help.
  return sql`${apiTokens.lastUsedAt} <= ${bound} and ${apiTokens.createdAt} < ${bound}`;
}

const PASTED = /^[a-z][a-z0-9]{1,7}_(?:pat|svc|cls|tmp)_([0-9A-Za-z]{1,12})/;

/** A part of the name, or the start of an id; also the masked form, as it is copied from a log. */
function searchCondition(q: string): SQL {
  const pasted = PASTED.exec(q)?.[1];
  const literal = (text: string) => text.replace(/[\\%_]/g, "\\$&");
  const id = sql`${apiTokens.id} like ${`${literal(pasted ?? q)}%`}`;
  return pasted ? id : sql`(lower(${apiTokens.name}) like lower(${`%${literal(q)}%`}) or ${id})`;
}
