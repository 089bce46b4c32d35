import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { getToken } from "./get-token";
import { getTokenActivity, type TokenActivity } from "./get-token-activity";
import { listTokenEvents, type TokenEvent } from "./list-token-events";
import { loadPolicy } from "./load-policy";
import { deleteTokenInput } from "./token-input";
import type { TokenPolicy } from "./token-policy";
import type { TokenRow } from "./token-row";

/** All that a token's page shows. What takes longer than the token itself comes as promises. */
export interface TokenView {
  token: TokenRow;
  descriptionField: TokenPolicy["description"];
  /** Why tokens are switched off; null while they are on. */
  switchedOff: { reason: string | null } | null;
  activity: Promise<TokenActivity>;
  /** Latest first. */
  events: Promise<TokenEvent[]>;
}

/** A token's page. What is not an id, what is nowhere and what is not the actor's to see are the same: not found. */
export async function viewToken(actor: Actor, id: string, ctx: Context): Promise<Outcome<TokenView>> {
  if (!deleteTokenInput.safeParse({ id }).success) return refused("not_found");
  const [found, { policy, organization }] = await Promise.all([
    getToken(actor, id, ctx),
    loadPolicy(ctx.db, actor.organizationId),
  ]);
  if (!found.ok) return found;
  return done({
    token: found.value,
    descriptionField: policy.description,
    switchedOff: organization.tokensEnabled ? null : { reason: organization.tokensDisabledReason },
    activity: later(getTokenActivity(actor, { id }, ctx)),
    events: later(listTokenEvents(actor, { id }, ctx)),
  });
}

/** Whoever awaits it gets the error; until then a failure must not end the process. */
function later<T>(asked: Promise<Outcome<T>>): Promise<T> {
  const answer = asked.then((outcome) => {
    if (!outcome.ok) throw new Error("a token that was just read cannot be found");
    return outcome.value;
  });
  answer.catch(() => {});
  return answer;
}
