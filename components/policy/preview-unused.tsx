"use client";

import { useState } from "react";
import { FadingList } from "@/components/ui/fading-list";
import { Notice } from "@/components/ui/notice";
import { CalendarDate, RelativeTime } from "@/components/ui/relative-time";
import type { InactivityPreview } from "@/lib/tokens/preview-inactivity";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import type { TokenWords } from "@/lib/tokens/token-words";
import { PreviewLine } from "./preview-line";

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
  const kept = takenBack > 0 && (
    <p>
      {counted(takenBack)} that {takenBack === 1 ? "was" : "were"} to be {words.removed} by the rule of now{" "}
      {takenBack === 1 ? "is" : "are"} kept.
    </p>
  );
  if (told === 0) {
    return (
      <Notice title={`No ${words.one} has been unused for ${days} yet`}>
        <p>
          {firstAt ? (
            <>
              The first would be {words.removed} on <CalendarDate value={firstAt} /> if nobody called it until then. Its
              issuer and the administrators are told before.
            </>
          ) : (
            "Those that there are expire before that can happen."
          )}
        </p>
        {kept}
      </Notice>
    );
  }
  return (
    <section aria-label="Unused" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <Notice tone="warning" title={`${counted(told)} ${told === 1 ? "has" : "have"} not been used for ${days}`}>
        <p>
          Once you save, {told === 1 ? "its issuer" : "their issuers"} and the administrators are told.{" "}
          {told === 1 ? "It" : "Each"} is {words.removed} on {firstAt && <CalendarDate value={firstAt} />} or later,
          unless it is called before.
        </p>
        {kept}
      </Notice>
      <ToldList inactivity={inactivity} words={words} />
    </section>
  );
}

function ToldList({ inactivity, words }: { inactivity: InactivityPreview; words: TokenWords }) {
  const { told, tokens, hidden } = inactivity;
  const [opened, setOpened] = useState(false);
  const others = told - hidden - tokens.length;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-control border border-line px-3.5 py-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="flex items-baseline gap-2.5">
          <span aria-hidden="true" className="size-2 shrink-0 self-center rounded-full bg-amber" />
          <span className="font-medium">Will be {words.removed} unless used</span>
        </p>
        <p className="flex items-baseline gap-4">
          {tokens.length > 0 && (
            <button
              type="button"
              aria-expanded={opened}
              onClick={() => setOpened(!opened)}
              className="rounded-xs text-soft text-sm underline decoration-line-strong underline-offset-3 hover:text-ink"
            >
              {opened ? "Hide" : "Show"}
              <span className="sr-only"> which are unused</span>
            </button>
          )}
          <span className="min-w-10 text-right font-medium">{told.toLocaleString("en")}</span>
        </p>
      </div>
      {opened && (
        <FadingList className="max-h-80 rounded-sm bg-bg">
          {tokens.map(({ id, name, masked, issuedBy, lastUsedAt }) => (
            <PreviewLine key={id} name={name} masked={masked}>
              <bdi>{issuedBy}</bdi> ·{" "}
              {lastUsedAt ? (
                <>
                  last used <RelativeTime value={lastUsedAt} />
                </>
              ) : (
                "never used"
              )}
            </PreviewLine>
          ))}
        </FadingList>
      )}
      {(hidden > 0 || (opened && others > 0)) && (
        <p className="text-pretty text-soft text-sm">
          {opened && others > 0 && `${others.toLocaleString("en")} more. `}
          {hidden > 0 &&
            `${hidden.toLocaleString("en")} that only ${hidden === 1 ? "its issuer sees" : "their issuers see"} by the policy in force ${hidden === 1 ? "is" : "are"} counted and not listed.`}
        </p>
      )}
    </div>
  );
}
