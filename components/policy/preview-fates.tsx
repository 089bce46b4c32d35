"use client";

import { useState } from "react";
import { classNames } from "@/components/ui/class-names";
import type { PolicyPreview } from "@/lib/tokens/preview-policy";
import {
  FATES,
  type Fate,
  OUTSIDE_REASONS,
  type OutsideReason,
  TOKEN_RIGHTS,
  type TokenRight,
} from "@/lib/tokens/token-compliance";
import type { ListedFate } from "@/lib/tokens/token-policy-input";
import type { TokenWords } from "@/lib/tokens/token-words";
import type { ListMore } from "./preview-dialog";
import { PreviewList } from "./preview-list";

const LOOKS: Record<Fate, { fill: string; dot: string }> = {
  stays: { fill: "fill-green", dot: "bg-green" },
  outside: { fill: "fill-amber", dot: "bg-amber" },
  loses_rights: { fill: "fill-blue", dot: "bg-blue" },
  deleted: { fill: "fill-red", dot: "bg-red" },
};

const label = (fate: Fate, { removed }: TokenWords) =>
  ({
    stays: "Stay as they are",
    outside: "Outside the policy",
    loses_rights: "Lose rights",
    deleted: `Are ${removed}`,
  })[fate];

/** The tokens by what becomes of them: one bar of all, then each with its reasons and the tokens themselves. */
export function PreviewFates({ result, words, more }: { result: PolicyPreview; words: TokenWords; more: ListMore }) {
  const { counts, total } = result;
  const [opened, setOpened] = useState<ListedFate | null>(null);
  let x = 0;
  return (
    <div className="grid gap-3">
      <svg
        aria-hidden="true"
        className="block h-2 w-full overflow-hidden rounded-full"
        preserveAspectRatio="none"
        viewBox="0 0 100 8"
      >
        {FATES.map((fate) => {
          const width = (counts[fate] / total) * 100;
          const at = x;
          x += width;
          return <rect key={fate} x={at} width={width} height="8" className={LOOKS[fate].fill} />;
        })}
      </svg>
      <ul className="grid divide-y divide-line rounded-control border border-line">
        {FATES.map((fate) => (
          <li key={fate} className="grid grid-cols-[minmax(0,1fr)] gap-2 px-3.5 py-2.5">
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <p className="flex items-baseline gap-2.5">
                <span
                  aria-hidden="true"
                  className={classNames("size-2 shrink-0 self-center rounded-full", LOOKS[fate].dot)}
                />
                <span className={counts[fate] === 0 ? "text-soft" : "font-medium"}>{label(fate, words)}</span>
              </p>
              <p className="flex items-baseline gap-4">
                {fate !== "stays" && counts[fate] > 0 && (
                  <button
                    type="button"
                    aria-expanded={opened === fate}
                    onClick={() => setOpened(opened === fate ? null : fate)}
                    className="rounded-xs text-soft text-sm underline decoration-line-strong underline-offset-3 hover:text-ink"
                  >
                    {opened === fate ? "Hide" : "Show"}
                    <span className="sr-only"> which {label(fate, words).toLowerCase()}</span>
                  </button>
                )}
                <span className={classNames("min-w-10 text-right", counts[fate] === 0 ? "text-faint" : "font-medium")}>
                  {counts[fate].toLocaleString("en")}
                </span>
              </p>
            </div>
            {counts[fate] > 0 && <Why fate={fate} result={result} />}
            {opened === fate && <PreviewList fate={opened} more={more} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Why({ fate, result }: { fate: Fate; result: PolicyPreview }) {
  const lines =
    fate === "outside"
      ? (Object.entries(result.reasons) as [OutsideReason, number][]).map(([reason, count]) => ({
          key: reason,
          count,
          text: OUTSIDE_REASONS[reason],
        }))
      : fate === "loses_rights"
        ? (Object.entries(result.lost) as [TokenRight, number][]).map(([right, count]) => ({
            key: right,
            count,
            text: `May no longer ${TOKEN_RIGHTS[right]}.`,
          }))
        : [];
  const { backInside, wereOutside, losingOutside } = result;
  const word: Record<Fate, string | null> = {
    stays:
      backInside > 0
        ? `${backInside.toLocaleString("en")} ${backInside === 1 ? "comes" : "come"} back inside the policy.`
        : null,
    outside:
      "They keep working and are marked in the list, for you and for whoever issued them." +
      (wereOutside > 0
        ? ` ${wereOutside.toLocaleString("en")} ${wereOutside === 1 ? "is" : "are"} outside already.`
        : ""),
    loses_rights:
      "They keep working, and are refused where they ask for this." +
      (losingOutside > 0
        ? ` ${losingOutside.toLocaleString("en")} of them ${losingOutside === 1 ? "is" : "are"} outside the policy as well.`
        : ""),
    deleted: "They have expired already, and leave the list of expired ones for good.",
  };
  if (!word[fate] && lines.length === 0) return null;
  return (
    <div className="grid gap-1 pl-4.5 text-soft text-sm">
      {word[fate] && <p className="text-pretty">{word[fate]}</p>}
      {lines.length > 0 && (
        <ul className="grid gap-0.5">
          {lines.map(({ key, count, text }) => (
            <li key={key} className="flex items-baseline justify-between gap-4">
              <span className="text-pretty">{text}</span>
              <span className="shrink-0">{count.toLocaleString("en")}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
