"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

type UnsavedBarProps = {
  changes: number;
  /** Why there is nothing to preview yet; null where there is. */
  wrong: string | null;
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
        </p>
        <div className="flex flex-wrap gap-2 max-sm:w-full max-sm:*:flex-1">
          <Button onClick={onDiscard} disabled={busy}>
            Discard
          </Button>
          <Button variant="primary" loading={busy} disabledReason={wrong} onClick={onPreview}>
            Preview changes
          </Button>
        </div>
      </div>
    </section>
  );
}
