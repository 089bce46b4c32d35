"use client";

import type { RefObject } from "react";
import { Button } from "@/components/ui/button";
import { curlLine } from "./curl-line";
import { ByHand, Swap } from "./secret-parts";

type FirstCallProps = {
  apiUrl: string;
  /** The token, or a shortened form for the eye. */
  shown: string;
  copied: boolean;
  byHand: boolean;
  text: RefObject<HTMLElement | null>;
  onCopy: () => void;
  onCopiedByHand: () => void;
};

/** A command to paste into a shell, with the whole token once it is copied. */
export function FirstCall({ apiUrl, shown, copied, byHand, text, onCopy, onCopiedByHand }: FirstCallProps) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-2">
      <div className="relative rounded-[10px] bg-hover">
        {/* Scrolls rather than wraps, as a command does; hence the focus. */}
        <section
          aria-label="A first call with this token"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-[10px] px-3 py-3 pr-16"
        >
          <pre className="font-mono text-xs leading-5">
            <code ref={text} translate="no" onCopy={() => byHand && onCopiedByHand()}>
              {curlLine(apiUrl, shown)}
            </code>
          </pre>
        </section>
        <Button variant="ghost" size="xs" className="absolute! top-2 right-2 bg-hover!" onClick={onCopy}>
          <Swap words={["Copy", "Copied"]} now={copied ? "Copied" : "Copy"} />
          <span className="sr-only"> command with the whole token</span>
        </Button>
      </div>
      {byHand && <ByHand what="The command" />}
    </div>
  );
}
