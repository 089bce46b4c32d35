import { sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { type CreateOptions, createOptions } from "./create-options";
import { type ExpiryStanding, expiryStanding } from "./expiry-standing";
import { loadRules } from "./load-rules";
import { readSwitchedOff, type SwitchedOff } from "./read-switched-off";
import { selectTokens, visibleCondition } from "./read-tokens";
import { statusCondition } from "./status-condition";
import { type RenewalOptions, renewalOptions } from "./token-extension";
import { isSingle } from "./token-policy";
import type { TokenRow } from "./token-row";

/** The card of a member's own token. */
export interface OwnTokenView {
  /** What lives of the member's own: one at most, but for what is left of a policy that allowed more. */
  live: (TokenRow & { expiry: ExpiryStanding | null })[];
  /** Where none lives and the last one ended by its expiry: when that was. */
  expiredAt: Date | null;
  options: CreateOptions;
  renewal: RenewalOptions;
  switchedOff: SwitchedOff | null;
}

/** Null where the policy allows a member more than one token: those have a page of their own. */
export async function viewOwnToken(actor: Actor, ctx: Context): Promise<OwnTokenView | null> {
  const rules = await loadRules(ctx.db, actor.organizationId);
  if (!isSingle(rules.policy)) return null;
  const own = sql`${visibleCondition(actor, rules.policy)} and ${apiTokens.issuerId} = ${actor.memberId}`;
  const newestFirst = sql`${statusCondition("active", ctx.now)} desc, ${apiTokens.createdAt} desc`;
  const [found, options, switchedOff] = await Promise.all([
    selectTokens(ctx.db, actor, rules, { where: own, orderBy: newestFirst, limit: 20 }, ctx.now),
    createOptions(actor, rules, ctx),
    readSwitchedOff(actor, rules, ctx),
  ]);
  const live = found.filter(({ status }) => status === "active");
  const [last] = found;
  return {
    live: await Promise.all(
      live.map(async (token) => ({ ...token, expiry: await expiryStanding(actor, token, rules, ctx) })),
    ),
    expiredAt: live.length === 0 && last && endedByExpiry(last, ctx.now) ? last.expiresAt : null,
    // The card in the profile is about oneself.
    options: { ...options, accounts: [] },
    renewal: renewalOptions(rules.policy),
    switchedOff,
  };
}

/** Cleared away at its expiry or still there: not ended by hand before it. */
const endedByExpiry = ({ expiresAt, deletedAt }: TokenRow, now: Date) =>
  expiresAt !== null && expiresAt <= now && (deletedAt === null || deletedAt >= expiresAt);
