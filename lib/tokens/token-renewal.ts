import type { Actor } from "@/lib/access/actor";
import { decideExtender, isExtendable } from "./token-extension";
import type { TokenOrganization, TokenPolicy } from "./token-policy";
import { isItself } from "./token-reach";
import { decideRotation } from "./token-rotation";
import type { TokenRow } from "./token-row";

/**
 * Why a reader is offered no new secret of a token and no later expiry: what the verbs refuse whatever is asked for. What
 * depends on the moment, and on the networks of a token that reads, they find themselves.
 */
export function renewalOf(
  actor: Actor,
  token: Omit<TokenRow, "rotationRefusal" | "extension">,
  rules: { policy: TokenPolicy; organization: TokenOrganization },
): Pick<TokenRow, "rotationRefusal" | "extension"> {
  const momentary = { othersWait: false, settlesIn: 0, actorNetworks: [] };
  const rotation = { token, organization: rules.organization, isSelf: isItself(actor, token), asItself: false };
  return {
    rotationRefusal: decideRotation(actor, { ...rotation, ...momentary })?.code ?? null,
    extension: isExtendable(token, rules.policy)
      ? { refusal: token.locked ?? decideExtender(actor, token, rules)?.code ?? null }
      : null,
  };
}
