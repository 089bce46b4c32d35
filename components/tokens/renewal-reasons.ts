import { refusalSentence } from "@/lib/refusal";
import type { RenewalOptions } from "@/lib/tokens/token-rotation";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Why a token gets no new secret now, beside what is locked and switched off; null where it does. */
export function stoppedReason({ status, stopped }: Pick<TokenRow, "status" | "stopped">, words: TokenWords) {
  if (status === "expired") return refusalSentence({ code: "token_expired" }, words);
  return stopped === "issuer_deactivated" ? refusalSentence({ code: "token_stopped" }, words) : null;
}

/** Why somebody may let no token live longer; null where they may. */
export const extensionReason = ({ refusal }: Pick<RenewalOptions, "refusal">, words: TokenWords) =>
  refusal && refusalSentence(refusal, words);
