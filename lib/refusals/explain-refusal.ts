import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { refusedCalls, roles } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { loadRules, type TokenRules } from "@/lib/tokens/load-rules";
import { readToken } from "@/lib/tokens/read-tokens";
import type { TokenRow } from "@/lib/tokens/token-row";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { readRefusedCalls } from "./read-refused-calls";
import { readSince } from "./read-since";
import { type Change, changesNow } from "./refusal-change";
import { explain, verdictSentence } from "./refusal-explanation";
import type { RefusedCall, StandingNow } from "./refusal-facts";
import type { ExplainRefusalInput } from "./refusal-input";
import { sinceWords } from "./refusal-since";
import { type ChainLink, chainOf, type Verdict, verdictOn } from "./refusal-verdict";

/** Calls of one request id that are explained: callers may name several alike. */
const MOST = 10;

/** A refused call, why, since when, what it would come to now, and what can be done. */
export interface ExplainedRefusal {
  call: RefusedCall;
  title: string;
  reasons: string[];
  chain: ChainLink[];
  since: { words: string; at: Date } | null;
  now: { outcome: Verdict["outcome"]; sentence: string };
  changes: Change[];
}

/**
 * Explains the refused calls of a request id, latest first. Seen by whoever sees the page of the token, and by the person
 * whose API login it was; everything else, another organization's among it, is *not found*.
 */
export async function explainRefusal(
  actor: MemberActor,
  { request_id: requestId }: ExplainRefusalInput,
  ctx: Context,
): Promise<Outcome<ExplainedRefusal[]>> {
  const rules = await loadRules(ctx.db, actor.organizationId);
  const where = eq(refusedCalls.requestId, requestId);
  const calls = await readRefusedCalls(actor, rules, { where, limit: MOST }, ctx);
  if (calls.length === 0) return refused("not_found");
  const builtInRoles = await readBuiltIn(actor, calls, ctx);
  // Calls of one id are mostly of one token.
  const tokens = new Map<string, TokenRow | null>();
  const explained: ExplainedRefusal[] = [];
  for (const call of calls) {
    const id = call.token?.id;
    if (id && !tokens.has(id)) tokens.set(id, await readToken(ctx.db, actor, rules, id, ctx.now));
    const token = id ? (tokens.get(id) ?? null) : null;
    // Gone between the two readings.
    if (call.token && !token) continue;
    explained.push(await explainOne(actor, call, token, { rules, builtInRoles, ctx }));
  }
  return explained.length > 0 ? done(explained) : refused("not_found");
}

async function explainOne(
  actor: MemberActor,
  call: RefusedCall,
  token: TokenRow | null,
  { rules, builtInRoles, ctx }: { rules: TokenRules; builtInRoles: ReadonlySet<string>; ctx: Context },
): Promise<ExplainedRefusal> {
  const words = TOKEN_WORDS[rules.policy.preset];
  const now = standingOf(actor, token, rules);
  const verdict = verdictOn(call, now);
  const since = await readSince(actor, call, token, ctx);
  const { portal, permissions } = actor;
  return {
    call,
    ...explain({ call, words }),
    chain: chainOf(call, words),
    since: since && { words: sinceWords(since, words), at: since.at },
    now: { outcome: verdict.outcome, sentence: verdictSentence(verdict, { call, words }, now) },
    changes: changesNow(
      call,
      {
        portal,
        permissions,
        words,
        builtInRoles,
        token: token && { id: token.id, issuedBy: token.issuedBy, isLocked: token.locked !== null },
      },
      verdict,
    ),
  };
}

/** What the call would meet now. A person's API login may do what the person may, from wherever the policy allows. */
function standingOf(actor: MemberActor, token: TokenRow | null, { policy, organization }: TokenRules): StandingNow {
  const { allowedNetworks: policyNetworks, callsPerToken, callsPerOrganization, tokensMayMint } = policy;
  const bounds = { policyNetworks, callsPerToken, callsPerOrganization, tokensMayMint };
  if (token) {
    const { status, stopped, permissions, allowedNetworks: tokenNetworks } = token;
    return { status, stopped, permissions, tokenNetworks, ...bounds };
  }
  const stopped = organization.tokensEnabled ? null : "tokens_disabled";
  return { status: "active", stopped, permissions: [...actor.permissions], tokenNetworks: [], ...bounds };
}

async function readBuiltIn(actor: MemberActor, calls: RefusedCall[], { db }: Context): Promise<ReadonlySet<string>> {
  const named = calls.flatMap(({ facts }) => [facts.role?.id ?? [], facts.issuerRole?.id ?? []].flat());
  if (named.length === 0) return new Set();
  const found = await db
    .select({ id: roles.id })
    .from(roles)
    .where(and(eq(roles.organizationId, actor.organizationId), inArray(roles.id, named), isNotNull(roles.builtIn)));
  return new Set(found.map(({ id }) => id));
}
