"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, type RefObject, useEffect } from "react";
import { classNames } from "@/components/ui/class-names";

/** One of the buttons that a box ends with. The main one until the secret is kept: then it is the way out. */
export function Segment({
  words,
  what,
  icon,
  primary = false,
  onClick,
}: {
  /** What it may say, and which of them it says now; left out where the icon says it. */
  words?: { all: [string, string]; now: string };
  /** The rest of its name, for those who hear it. */
  what: string;
  icon: ReactNode;
  primary?: boolean;
  onClick: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        "flex shrink-0 items-center justify-center gap-1.5 border-line px-3 font-medium text-sm transition-colors",
        "focus-visible:-outline-offset-2 max-sm:min-h-11 max-sm:border-t sm:border-l max-sm:last:border-l",
        primary ? "bg-primary text-on-primary hover:bg-primary-hover" : "hover:bg-hover",
      )}
    >
      {icon}
      {words && <Swap words={words.all} now={words.now} />}
      <span className="sr-only"> {what}</span>
    </button>
  );
}

type CopySegmentProps = { copied: boolean; what: string; primary?: boolean; onClick: () => void };

export function CopySegment({ copied, ...rest }: CopySegmentProps) {
  const Icon = copied ? Check : Copy;
  return (
    <Segment
      {...rest}
      icon={<Icon aria-hidden="true" className="size-3.5" />}
      words={{ all: ["Copy", "Copied"], now: copied ? "Copied" : "Copy" }}
    />
  );
}

/** Both words take the same place, so that the button keeps its width. */
export function Swap({ words, now }: { words: [string, string]; now: string }) {
  return (
    <span className="grid *:[grid-area:1/1]">
      {words.map((word) => (
        <span key={word} className={word === now ? undefined : "invisible"} aria-hidden={word !== now}>
          {word}
        </span>
      ))}
    </span>
  );
}

export function ByHand({ what }: { what: string }) {
  return (
    <p role="status" className="text-pretty text-soft text-xs">
      The clipboard is not available here. {what} is selected: copy it with Ctrl+C, or ⌘C on a Mac.
    </p>
  );
}

/** Selects what the element holds, from when `on` turns true. */
export function useSelected(element: RefObject<HTMLElement | null>, on: boolean) {
  useEffect(() => {
    if (on && element.current) window.getSelection()?.selectAllChildren(element.current);
  }, [on, element]);
}
