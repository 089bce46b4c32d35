"use client";

import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { PolicyControl } from "./policy-control";
import type { PolicyDraft } from "./policy-draft";
import type { PolicyField } from "./policy-fields";

type PolicyRuleProps = {
  field: PolicyField;
  value: PolicyDraft[keyof PolicyDraft];
  onChange: (value: string | boolean) => void;
  error: string | undefined;
  /** Not saved yet. */
  changed: boolean;
  /** What the preset has in its place, in words; null where it is the same. */
  preset: string | null;
  onReset: () => void;
};

/** A rule: what it does and to whom on the left, how it is set on the right. */
export function PolicyRule({ field, value, onChange, error, changed, preset, onReset }: PolicyRuleProps) {
  const id = useId();
  return (
    <div className="grid gap-x-10 gap-y-3 px-5 py-5 max-sm:px-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="grid content-start gap-1">
        <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-sm">
          <span id={`${id}-label`}>{field.label}</span>
          {changed && <Badge tone="brass">Not saved</Badge>}
        </h3>
        <p id={`${id}-sentence`} className="max-w-[52ch] text-pretty text-soft text-sm">
          {field.sentence}
        </p>
        {preset !== null && (
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
            <Badge>Differs from preset</Badge>
            <button
              type="button"
              onClick={onReset}
              className="rounded-xs text-soft underline decoration-line-strong underline-offset-3 hover:text-ink"
            >
              Reset to <span className="font-medium">{preset}</span>
              <span className="sr-only">, {field.label}</span>
            </button>
          </p>
        )}
      </div>
      <PolicyControl
        field={field}
        value={value}
        onChange={onChange}
        labelledBy={`${id}-label`}
        describedBy={`${id}-sentence`}
        error={error}
      />
    </div>
  );
}
