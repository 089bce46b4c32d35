"use client";

import { TriangleAlert } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useTokenWords } from "./token-words-context";

/** Takes the place of the buttons below the secret when somebody is about to leave it; the way back has the focus. */
export function LeaveQuestion({
  kept,
  lost,
  onStay,
  onLeave,
}: {
  kept: boolean;
  lost?: string;
  onStay: () => void;
  onLeave: () => void;
}) {
  const id = useId();
  const { make } = useTokenWords();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  return (
    <footer className="grid shrink-0 gap-3 border-line border-t px-6 pt-4 pb-6 max-sm:px-4 max-sm:pb-4">
      <div className="flex items-start gap-2.5">
        <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-amber-ink" />
        <div id={id} className="text-pretty">
          <p className="font-medium">{kept ? "Done with the token?" : "Leave without copying?"}</p>
          <p className="text-soft text-sm">
            {kept
              ? "Its secret cannot be shown again."
              : (lost ??
                `Its secret cannot be shown again. Without a copy the token is of no use, and you would have to ${make} another.`)}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap justify-end gap-2 max-sm:grid max-sm:auto-cols-fr max-sm:grid-flow-col">
        <Button onClick={onLeave}>{kept ? "Leave" : "Leave without it"}</Button>
        <Button ref={back} variant="primary" aria-describedby={id} onClick={onStay}>
          Back to the token
        </Button>
      </div>
    </footer>
  );
}
