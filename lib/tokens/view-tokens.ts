import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { InvalidCursor } from "@/lib/http/cursor";
import { countTokenFacets } from "./count-token-facets";
import { type CreateOptions, createOptions } from "./create-options";
import { expiringTokens } from "./expiring-tokens";
import { readTokenActivity } from "./get-token-activity";
import { listTokens } from "./list-tokens";
import { loadRules, type TokenRules } from "./load-rules";
import { readSwitchedOff, type SwitchedOff } from "./read-switched-off";
import { readToken } from "./read-tokens";
import { type RenewalOptions, renewalOptions } from "./token-extension";
import type { TokenQuery } from "./token-input";
import { type EditableFields, editableFields } from "./token-naming";
import { visibleTokens } from "./token-policy";
import type { TokenFacets, TokenPage, TokenRow } from "./token-row";
import { type IgnoredParam, readTokenSearchParams, type SearchParams } from "./token-search-params";
import { TOKEN_WORDS, type TokenWords } from "./token-words";

/** The rows, which may take longer than the rest of the page. */
export interface TokenList {
  page: TokenPage;
  facets: TokenFacets;
  /** What the address asks for and this list does not have. */
  ignored: IgnoredParam[];
  /** Tokens outside the policy, and when that was last changed; null where there are none, or where the list is of them. */
  outside: { count: number; changedAt: Date } | null;
}

/** All that the page of tokens shows. */
export interface TokensView {
  sees: "all" | "own";
  options: CreateOptions;
  renewal: RenewalOptions;
  /** Null while tokens are on. */
  switchedOff: SwitchedOff | null;
  words: TokenWords;
  fields: EditableFields;
  /**
   * The first token that expires within seven days and that the viewer has not acknowledged, how often it was called in
   * the last 24 hours, and how many such there are.
   */
  expiring: { count: number; first: TokenRow; callsLastDay: number } | null;
  /** Whether some expire within seven days, acknowledged or not. */
  someExpireSoon: boolean;
  /** Whether the address asks for such alone. */
  isOfExpiring: boolean;
  list: Promise<TokenList>;
}

export async function viewTokens(actor: Actor, params: SearchParams, ctx: Context): Promise<TokensView> {
  const rules = await loadRules(ctx.db, actor.organizationId);
  const { policy } = rules;
  const list = findTokens(actor, params, rules, ctx);
  // Whoever awaits the list gets the error too; until then it must not end the process.
  list.catch(() => {});
  const [options, expiring, switchedOff] = await Promise.all([
    createOptions(actor, rules, ctx),
    firstExpiring(actor, rules, ctx),
    readSwitchedOff(actor, rules, ctx),
  ]);
  return {
    sees: visibleTokens(actor, policy),
    options,
    renewal: renewalOptions(policy),
    switchedOff,
    words: TOKEN_WORDS[policy.preset],
    fields: editableFields(policy, ctx.origin.ip),
    expiring: expiring.notice,
    someExpireSoon: expiring.soon > 0,
    isOfExpiring: readTokenSearchParams(params).query.expires !== null,
    list,
  };
}

async function firstExpiring(
  actor: Actor,
  rules: TokenRules,
  ctx: Context,
): Promise<{ soon: number; notice: TokensView["expiring"] }> {
  const { soon, count, first } = await expiringTokens(actor, ctx, rules);
  if (!first) return { soon, notice: null };
  const [{ lastDay }, row] = await Promise.all([
    readTokenActivity(actor, first, ctx),
    readToken(ctx.db, actor, rules, first.id, ctx.now),
  ]);
  return { soon, notice: row && { count, first: row, callsLastDay: lastDay } };
}

async function findTokens(actor: Actor, params: SearchParams, rules: TokenRules, ctx: Context): Promise<TokenList> {
  const { query, ignored } = readTokenSearchParams(params);
  // Only a query that names people or roles has to wait for them to be known.
  const named = query.issued_by.length > 0 || query.role.length > 0;
  const facets = countTokenFacets(actor, rules, ctx);
  const known = named ? knownChoices(query, await facets) : { query, unknown: [] };
  const [page, counted] = await Promise.all([listFrom(actor, known.query, rules, ctx), facets]);
  return {
    ...page,
    facets: counted,
    ignored: [...ignored, ...known.unknown, ...page.ignored],
    outside:
      counted.outsidePolicy > 0 && query.policy !== "outside"
        ? { count: counted.outsidePolicy, changedAt: rules.policy.updatedAt }
        : null,
  };
}

/** Leaves out the people and roles of which the actor sees no token, so that a link from elsewhere shows something. */
function knownChoices(query: TokenQuery, facets: TokenFacets): { query: TokenQuery; unknown: IgnoredParam[] } {
  const issuers = new Set(facets.issuedBy.map(({ id }) => id));
  const roles = new Set(facets.role.map(({ id }) => id));
  return {
    query: {
      ...query,
      issued_by: query.issued_by.filter((id) => issuers.has(id)),
      role: query.role.filter((id) => roles.has(id)),
    },
    unknown: [
      ...query.issued_by.filter((id) => !issuers.has(id)).map((value) => ({ name: "issued_by" as const, value })),
      ...query.role.filter((id) => !roles.has(id)).map((value) => ({ name: "role" as const, value })),
    ],
  };
}

/** The page at the cursor; the first page where the cursor is not one of this list. */
async function listFrom(
  actor: Actor,
  query: TokenQuery,
  rules: TokenRules,
  ctx: Context,
): Promise<{ page: TokenPage; ignored: IgnoredParam[] }> {
  try {
    return { page: await listTokens(actor, query, ctx, rules), ignored: [] };
  } catch (error) {
    if (!(error instanceof InvalidCursor) || query.cursor === null) throw error;
    const page = await listTokens(actor, { ...query, cursor: null }, ctx, rules);
    return { page, ignored: [{ name: "cursor", value: query.cursor }] };
  }
}
