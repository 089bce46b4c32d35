"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

type UnsavedBarProps = {
  changes: number;
  /** How many fields keep it from being previewed. */
  wrong: number;
  busy: boolean;
  onDiscard: () => void;
  onPreview: () => void;
  /** What stands in the way, above the buttons. */
  notice: ReactNode;
};

/** Stays in sight at the bottom while something is not saved. */
export function UnsavedBar({ changes, wrong, busy, onDiscard, onPreview, notice }: UnsavedBarProps) {
  return (
    <section
      aria-label="Unsaved changes"
      data-bottom-bar=""
      className="sticky bottom-4 z-20 mt-6 grid gap-3 rounded-surface border border-line bg-panel p-3 shadow-float max-sm:bottom-2"
    >
      {notice}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 sm:pl-2">
        <p className="text-sm" aria-live="polite">
          <span className="font-medium">{changes === 1 ? "1 change" : `${changes} changes`}</span>{" "}
          <span className="text-soft">not saved</span>
          {wrong > 0 && (
            <>
              {" · "}
              <button
                type="button"
                onClick={showFirst}
                className="rounded-xs font-medium text-red-ink underline underline-offset-3"
              >
                {wrong} to mend
              </button>
            </>
          )}
        </p>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1">
          <Button onClick={onDiscard} disabled={busy}>
            Discard
          </Button>
          <Button
            variant="primary"
            loading={busy}
            disabledReason={wrong > 0 ? "Put right what is marked in red first." : null}
            onClick={onPreview}
          >
            Preview changes
          </Button>
        </div>
      </div>
    </section>
  );
}

/** Brings the first field that is wrong into sight and puts the focus there. */
function showFirst() {
  document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus();
}
