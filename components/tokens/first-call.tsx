"use client";

import { TriangleAlert } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { ByHand, Swap } from "./secret-parts";

type FirstCallProps = {
  /** The command, with the secret or the variable that stands for it. */
  line: string;
  /** What the secret is called. */
  what: "token" | "client secret";
  copied: boolean;
  byHand: boolean;
  text: RefObject<HTMLElement | null>;
  onCopy: () => void;
  onCopiedByHand: () => void;
  /** What making this call sets going, where that is more than a call. */
  starts?: string;
};

/** A command to paste into a shell, with the whole secret once it is copied. */
export function FirstCall({ line, what, copied, byHand, text, onCopy, onCopiedByHand, starts }: FirstCallProps) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <div className="rounded-[10px] bg-hover">
        <div className="flex items-center justify-between gap-3 pt-1.5 pr-1.5 pl-3">
          <p className="text-pretty text-soft text-xs">A first call, copied with the whole {what}</p>
          <Button variant="ghost" size="xs" onClick={onCopy}>
            <Swap words={["Copy", "Copied"]} now={copied ? "Copied" : "Copy"} />
            <span className="sr-only"> command with the whole {what}</span>
          </Button>
        </div>
        {/* Scrolls rather than wraps where there is room for most of a line, as a command does; hence the focus. */}
        <section
          aria-label={`A first call with this ${what}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-[10px] px-3 pt-1 pb-3"
        >
          <pre className="font-mono text-xs leading-5 max-sm:whitespace-pre-wrap max-sm:[overflow-wrap:anywhere]">
            <code ref={text} translate="no" onCopy={() => byHand && onCopiedByHand()}>
              {line}
            </code>
          </pre>
        </section>
      </div>
      {starts && (
        <p className="flex gap-2 text-pretty text-amber-ink text-xs">
          <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
          {starts}
        </p>
      )}
      {byHand && <ByHand what="The command" />}
    </div>
  );
}
