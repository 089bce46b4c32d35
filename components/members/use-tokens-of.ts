"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { askServer } from "@/components/tokens/form-answer";
import type { TokensOfMember } from "@/lib/tokens/tokens-of-member";
import type { MemberActions } from "./member-actions";

/** The live tokens of a member, asked for when a dialog opens. */
export function useTokensOf(memberId: string, tokens: MemberActions["tokens"]): TokensOfMember | "loading" | "unknown" {
  const [found, setFound] = useState<TokensOfMember | "loading" | "unknown">("loading");
  const ask = useEffectEvent(() => askServer(() => tokens({ id: memberId })));
  useEffect(() => {
    let awaited = true;
    void ask().then((result) => awaited && setFound(result.ok ? result.value : "unknown"));
    return () => {
      awaited = false;
    };
  }, []);
  return found;
}
