import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { listRefusedCalls } from "@/lib/refusals/list-refused-calls";
import type { RefusedCall } from "@/lib/refusals/refusal-facts";
import { type ExpiryStanding, expiryStanding } from "./expiry-standing";
import { readTokenActivity, type TokenActivity } from "./get-token-activity";
import { loadRules } from "./load-rules";
import { readRotation, type TokenSecrets } from "./read-rotation";
import { readTokenEvents, type TokenEvent } from "./read-token-events";
import { readToken } from "./read-tokens";
import { type RevocationReceipt, readReceipt } from "./revocation-receipt";
import { type RenewalOptions, renewalOptions } from "./token-extension";
import { tokenId } from "./token-input";
import { type EditableFields, editableFields } from "./token-naming";
import type { TokenRow } from "./token-row";
import { TOKEN_WORDS, type TokenWords } from "./token-words";

/** All that a token's page shows. What takes longer than the token itself comes as promises. */
export interface TokenView {
  token: TokenRow;
  /** What of it may be changed. */
  fields: EditableFields;
  words: TokenWords;
  /** Whether the policy lets tokens create tokens. */
  tokensMayMint: boolean;
  /** Why tokens are switched off; null while they are on. */
  switchedOff: { reason: string | null } | null;
  /** What was said to its expiry; null while that is too far away to be told of. */
  expiry: ExpiryStanding | null;
  /** Null where it has had one secret alone. */
  secrets: TokenSecrets | null;
  renewal: RenewalOptions;
  activity: Promise<TokenActivity>;
  /** Latest first. */
  events: Promise<TokenEvent[]>;
  /** Latest first. */
  refusedCalls: Promise<RefusedCall[]>;
  /** Of its deletion; null for one that was not deleted. */
  receipt: RevocationReceipt | null;
}

/** A token's page. What is not an id, what is nowhere and what is not the actor's to see are the same: not found. */
export async function viewToken(actor: Actor, id: string, ctx: Context): Promise<Outcome<TokenView>> {
  if (!tokenId.safeParse(id).success) return refused("not_found");
  const rules = await loadRules(ctx.db, actor.organizationId);
  const token = await readToken(ctx.db, actor, rules, id, ctx.now);
  if (!token) return refused("not_found");
  return done({
    token,
    fields: editableFields(rules.policy, ctx.origin.ip),
    words: TOKEN_WORDS[rules.policy.preset],
    tokensMayMint: rules.policy.tokensMayMint,
    switchedOff: rules.organization.tokensEnabled ? null : { reason: rules.organization.tokensDisabledReason },
    expiry: await expiryStanding(actor, token, rules, ctx),
    secrets: await readRotation(ctx.db, actor, token, ctx.now),
    renewal: renewalOptions(rules.policy),
    activity: later(readTokenActivity(actor, token, ctx)),
    events: later(readTokenEvents(actor, token, rules, ctx)),
    refusedCalls: later(listRefusedCalls(actor, token, rules, ctx)),
    receipt: token.deletedAt ? await readReceipt(actor, token, ctx) : null,
  });
}

/** Whoever awaits it gets the error; until then a failure must not end the process. */
function later<T>(asked: Promise<T>): Promise<T> {
  asked.catch(() => {});
  return asked;
}
