import { type Outcome, type Refusal, refused } from "@/lib/refusal";
import { decideExpiry, decideIssuer, type TokenOrganization, type TokenPolicy } from "./token-policy";
import { type Asker, decideLongerLife, type Withheld } from "./token-reach";
import type { TokenStatus } from "./token-status";

type Ending = { status: TokenStatus; expiresAt: Date | null };
type Rules = { policy: TokenPolicy; organization: TokenOrganization };

/** Whether there is an expiry ahead, and the policy lets one choose another. */
export const isExtendable = (token: Ending, policy: Pick<TokenPolicy, "expiry">): boolean =>
  endsByItself(token) && letsChoose(policy);

const endsByItself = ({ status, expiresAt }: Ending) => status === "active" && expiresAt !== null;

const letsChoose = ({ expiry }: Pick<TokenPolicy, "expiry">) => expiry === "optional" || expiry === "required";

/**
 * Why somebody may let a token live no longer, whatever expiry they ask for. It is for those who may create one, and told as
 * what was asked for.
 */
export function decideExtender(
  actor: Asker,
  token: { id: string; withheld: Withheld | null },
  { policy, organization }: Rules,
): Refusal | null {
  const refusal = decideIssuer(actor, policy, organization);
  if (!refusal) return decideLongerLife(actor, token);
  return refusal.code === "tokens_disabled" ? refusal : { code: "extension_not_yours" };
}

/**
 * The expiry that a token gets instead of its own: later, and no further away than that of one that is created now. Null for
 * never. What is over stays over.
 */
export function decideExtension(
  actor: Asker,
  token: Ending & { id: string; withheld: Withheld | null },
  wish: Date | null,
  rules: Rules,
  now: Date,
): Outcome<Date | null> {
  const { policy } = rules;
  const refusal = decideExtender(actor, token, rules);
  if (refusal) return { ok: false, refusal };
  if (!endsByItself(token)) return refused("does_not_expire");
  if (!letsChoose(policy)) return refused("expiry_not_allowed", "expires_at");
  const decision = decideExpiry(policy, wish, now);
  if (decision.ok && decision.value && token.expiresAt && decision.value <= token.expiresAt) {
    return refused("expiry_not_later", "expires_at");
  }
  return decision;
}

/** What the dialogs of a rotation and of an extension go by. */
export type RenewalOptions = Pick<TokenPolicy, "expiry" | "expiryDays" | "closing" | "secretShown">;

export const renewalOptions = ({ expiry, expiryDays, closing, secretShown }: TokenPolicy): RenewalOptions => ({
  expiry,
  expiryDays,
  closing,
  secretShown,
});
