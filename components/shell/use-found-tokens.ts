"use client";

import { useEffect, useState } from "react";
import type { Action } from "@/lib/auth/action-result";
import type { FoundToken } from "@/lib/tokens/find-tokens";
import { withoutSecret } from "@/lib/tokens/token-search-params";

const PAUSE_MS = 200;
/** The end of a token, without its id: there is nothing to look for, and it stays here. */
const LIKE_A_SECRET = /[0-9A-Za-z]{32}/;

export type FindTokensAction = Action<{ tokens: FoundToken[] }>;

/**
 * The tokens that match what was typed, a moment after the last key; those of the text before until they are there. A
 * pasted token is looked for by its id: the rest of it is a secret, and stays in the browser.
 */
export function useFoundTokens(typed: string, find: FindTokensAction): { tokens: FoundToken[]; searching: boolean } {
  const text = withoutSecret(typed).trim();
  const sought = text.length > 200 || LIKE_A_SECRET.test(text) ? "" : text;
  const [found, setFound] = useState<{ sought: string; tokens: FoundToken[] }>({ sought: "", tokens: [] });
  useEffect(() => {
    if (sought === "") return;
    let left = false;
    const timer = setTimeout(async () => {
      const result = await find({ q: sought }).catch(() => null);
      if (!left) setFound({ sought, tokens: result?.ok ? result.value.tokens : [] });
    }, PAUSE_MS);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [sought, find]);
  if (sought === "") return { tokens: [], searching: false };
  const searching = found.sought !== sought;
  const words = sought.toLowerCase();
  const stillFit = ({ id, name }: FoundToken) => id.startsWith(sought) || name.toLowerCase().includes(words);
  return { tokens: searching ? found.tokens.filter(stillFit) : found.tokens, searching };
}
