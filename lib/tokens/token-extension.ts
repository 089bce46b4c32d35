import type { Actor } from "@/lib/access/actor";
import { type Outcome, type Refusal, refused } from "@/lib/refusal";
import { decideExpiry, decideIssuer, type TokenOrganization, type TokenPolicy } from "./token-policy";
import { type Asker, decideLongerLife, type Withheld } from "./token-reach";
import type { TokenStatus } from "./token-status";

type Who = Pick<Actor, "kind" | "permissions">;
type Ending = { status: TokenStatus; expiresAt: Date | null };
type Rules = { policy: TokenPolicy; organization: TokenOrganization };

/** Whether there is an expiry ahead, and the policy lets one choose another. */
export const isExtendable = (token: Ending, policy: Pick<TokenPolicy, "expiry">): boolean =>
  endsByItself(token) && letsChoose(policy);

const endsByItself = ({ status, expiresAt }: Ending) => status === "active" && expiresAt !== null;

const letsChoose = ({ expiry }: Pick<TokenPolicy, "expiry">) => expiry === "optional" || expiry === "required";

/**
 * The expiry that a token gets instead of its own: later, and no further away than that of one that is created now. Null for
 * never. Whoever may not create a token may not let one live on either; what is over stays over.
 */
export function decideExtension(
  actor: Asker,
  token: Ending & { id: string; withheld: Withheld | null },
  wish: Date | null,
  { policy, organization }: Rules,
  now: Date,
): Outcome<Date | null> {
  const refusal = decideExtender(actor, { policy, organization }) ?? decideLongerLife(actor, token);
  if (refusal) return { ok: false, refusal };
  if (!endsByItself(token)) return refused("does_not_expire");
  if (!letsChoose(policy)) return refused("expiry_not_allowed", "expires_at");
  const decision = decideExpiry(policy, wish, now);
  if (decision.ok && decision.value && token.expiresAt && decision.value <= token.expiresAt) {
    return refused("expiry_not_later", "expires_at");
  }
  return decision;
}

/** Why somebody may let no token live longer, which is for those who may create one; told as what was asked for. */
function decideExtender(actor: Who, { policy, organization }: Rules): Refusal | null {
  const refusal = decideIssuer(actor, policy, organization);
  return refusal && refusal.code !== "tokens_disabled" ? { code: "extension_not_yours" } : refusal;
}

/** What the dialogs of a rotation and of an extension go by. */
export interface RenewalOptions extends Pick<TokenPolicy, "expiry" | "expiryDays" | "closing" | "secretShown"> {
  /** Why the actor may let no token live longer; null where it may. */
  refusal: Refusal | null;
}

export function renewalOptions(actor: Who, rules: Rules): RenewalOptions {
  const { expiry, expiryDays, closing, secretShown } = rules.policy;
  return { expiry, expiryDays, closing, secretShown, refusal: decideExtender(actor, rules) };
}
