import { Hourglass } from "lucide-react";
import { Notice } from "@/components/ui/notice";
import { CalendarDate, RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";

/** On the token's own page: when it is deleted unless somebody uses it, and what to do. */
export function UnusedNotice({ token, words }: { token: TokenRow; words: TokenWords }) {
  const { deletionAt, lastUsedAt } = token;
  if (!deletionAt) return null;
  return (
    <Notice tone="expiring" icon={Hourglass}>
      <p>
        <span className="font-medium">
          Will be {words.removed} <RelativeTime value={deletionAt} /> unless it is used
        </span>
        , on <CalendarDate value={deletionAt} />.{" "}
        {lastUsedAt ? (
          <>
            The last use was <RelativeTime value={lastUsedAt} />.
          </>
        ) : (
          "It was never used."
        )}{" "}
        One call with it keeps it; if nothing needs it any more, there is nothing to do.
      </p>
    </Notice>
  );
}
