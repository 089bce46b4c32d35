"use client";

import { type RefObject, useId } from "react";
import { ByHand, CopySegment } from "./secret-parts";

type ClientIdBoxProps = {
  id: string;
  copied: boolean;
  byHand: boolean;
  text: RefObject<HTMLElement | null>;
  onCopy: () => void;
};

/** The public half of a client's credentials, which the list keeps showing. */
export function ClientIdBox({ id, copied, byHand, text, onCopy }: ClientIdBoxProps) {
  const label = useId();
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
      <p id={label} className="font-medium text-sm">
        Client ID
      </p>
      <fieldset
        aria-labelledby={label}
        className="flex min-w-0 overflow-hidden rounded-[10px] border border-line-strong max-sm:grid"
      >
        <code ref={text} translate="no" className="min-w-0 flex-1 self-center px-3 py-2.5 font-mono text-sm">
          {id}
        </code>
        <CopySegment copied={copied} what="client ID" onClick={onCopy} />
      </fieldset>
      {byHand && <ByHand what="The client ID" />}
    </div>
  );
}
