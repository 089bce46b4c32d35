import { Notice } from "@/components/ui/notice";
import { CalendarDate } from "@/components/ui/relative-time";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import type { TokenWords } from "@/lib/tokens/token-words";

/** What a changed rule for unused tokens does: whom it tells at once, and when the first is deleted. Nothing is deleted by saving. */
export function PreviewUnused({ inactivity, words }: { inactivity: PolicyPreview["inactivity"]; words: TokenWords }) {
  if (!inactivity) return null;
  const { inactiveDays, told, takenBack, firstAt } = inactivity;
  const counted = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? words.one : words.many}`;
  if (inactiveDays === null) {
    if (takenBack === 0) return null;
    return (
      <Notice title={`${counted(takenBack)} will be kept`}>
        {takenBack === 1 ? "It was" : "They were"} to be {words.removed} because nobody uses{" "}
        {takenBack === 1 ? "it" : "them"}.
      </Notice>
    );
  }
  const days = `${inactiveDays.toLocaleString("en")} ${inactiveDays === 1 ? "day" : "days"}`;
  return (
    <Notice
      tone={told > 0 ? "warning" : undefined}
      title={
        told > 0
          ? `${counted(told)} will be ${words.removed} unless ${told === 1 ? "it is" : "they are"} used`
          : `No ${words.one} is up for ${words.removal} yet`
      }
    >
      {told > 0 && (
        <p>
          Unused for {days}. Saving tells {told === 1 ? "its issuer" : "their issuers"} and the administrators; a call
          keeps {told === 1 ? "it" : "one"}.
        </p>
      )}
      <p>
        {firstAt ? (
          <>
            The first is {words.removed} on <CalendarDate value={firstAt} />, if nobody uses it until then
            {told === 0 && ", and its issuer and the administrators are told before"}.
          </>
        ) : (
          "By now, none would ever be."
        )}
        {takenBack > 0 &&
          ` ${counted(takenBack)} of which that was told before ${takenBack === 1 ? "is" : "are"} kept.`}
      </p>
    </Notice>
  );
}
