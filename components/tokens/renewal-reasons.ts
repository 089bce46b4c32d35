import { refusalSentence } from "@/lib/refusal";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import { decideLongerLife, decideSecret } from "@/lib/tokens/token-reach";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Those who look at a page are persons. */
const PERSON = { kind: "member" } as const;

/** Why somebody gets no new secret of a token now, beside what is locked and switched off; null where they do. */
export function rotationReason(
  { status, stopped, withheld }: Pick<TokenRow, "status" | "stopped" | "withheld">,
  words: TokenWords,
) {
  if (status === "expired") return refusalSentence({ code: "token_expired" }, words);
  if (stopped === "issuer_deactivated") return refusalSentence({ code: "token_stopped" }, words);
  const refusal = decideSecret(PERSON, withheld);
  return refusal && refusalSentence(refusal, words);
}

/** Why a page cannot offer somebody a new secret; null where it can. */
export const whyNotRotated = (token: TokenRow, words: TokenWords) =>
  token.locked || token.stopped === "tokens_disabled"
    ? refusalSentence({ code: token.locked ?? "tokens_disabled" }, words)
    : rotationReason(token, words);

/** Why somebody may not let a token live longer; null where they may. */
export function extensionReason(
  token: Pick<TokenRow, "id" | "withheld">,
  { refusal }: Pick<RenewalOptions, "refusal">,
  words: TokenWords,
) {
  const reason = refusal ?? decideLongerLife(PERSON, token);
  return reason && refusalSentence(reason, words);
}
