"use client";

import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import { useTokenWords } from "./token-words-context";

/** Says in a row when the token is deleted unless somebody uses it. */
export function UnusedMark({ token: { deletionAt } }: { token: Pick<TokenRow, "deletionAt"> }) {
  const { removed } = useTokenWords();
  if (!deletionAt) return null;
  return (
    <span className="whitespace-nowrap text-amber-ink text-xs">
      {removed} <RelativeTime value={deletionAt} detail={`Will be ${removed} then unless it is used.`} />
    </span>
  );
}
