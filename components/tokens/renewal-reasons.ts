import { refusalSentence } from "@/lib/refusal";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";

/** Why a page cannot offer somebody a new secret; null where it can. */
export const whyNotRotated = ({ rotationRefusal }: Pick<TokenRow, "rotationRefusal">, words: TokenWords) =>
  rotationRefusal && refusalSentence({ code: rotationRefusal }, words);

/** Why it cannot offer them a later expiry. */
export const whyNotExtended = ({ refusal }: NonNullable<TokenRow["extension"]>, words: TokenWords) =>
  refusal && refusalSentence({ code: refusal }, words);
