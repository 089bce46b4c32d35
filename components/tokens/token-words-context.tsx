"use client";

import { createContext, type ReactNode, use } from "react";
import { TOKEN_WORDS, type TokenWords } from "@/lib/tokens/token-words";

const Words = createContext<TokenWords>(TOKEN_WORDS.role_scoped);

/** Gives what is below it the organization's words for its tokens. */
export function TokenWordsProvider({ words, children }: { words: TokenWords; children: ReactNode }) {
  return <Words value={words}>{children}</Words>;
}

/** What the organization calls its tokens, and what ends them. */
export const useTokenWords = (): TokenWords => use(Words);
