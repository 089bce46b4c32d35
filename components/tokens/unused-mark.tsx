"use client";

import { RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import { useTokenWords } from "./token-words-context";

type UnusedMarkProps = {
  token: Pick<TokenRow, "deletionAt">;
  /** In a sentence, where there is room. */
  inWords?: boolean;
};

/** Says in a row when the token is deleted unless somebody uses it. */
export function UnusedMark({ token: { deletionAt }, inWords = false }: UnusedMarkProps) {
  const { removed } = useTokenWords();
  if (!deletionAt) return null;
  return (
    <span className="text-amber-ink text-xs">
      {inWords && "Will be "}
      {removed} <RelativeTime value={deletionAt} detail={`Will be ${removed} then unless it is used.`} />
      {inWords && " unless it is used"}
    </span>
  );
}
