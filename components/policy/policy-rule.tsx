"use client";

import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { PolicyControl } from "./policy-control";
import type { PolicyDraft } from "./policy-draft";
import type { PolicyField } from "./policy-fields";
import { RuleWords } from "./rule-words";

type PolicyRuleProps = {
  field: PolicyField;
  value: PolicyDraft[keyof PolicyDraft];
  onChange: (value: string | boolean) => void;
  error: string | undefined;
  address: string | null;
  /** Not saved yet. */
  changed: boolean;
  /** What the preset has in its place, in words; null where it is the same. */
  preset: string | null;
  onReset: () => void;
};

/** A rule: what it does and to whom on the left, how it is set on the right. */
export function PolicyRule({ field, value, onChange, error, address, changed, preset, onReset }: PolicyRuleProps) {
  const id = useId();
  return (
    <div className="grid gap-x-10 gap-y-3 px-5 py-5 max-sm:px-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <div className="grid content-start gap-1">
        <h3 id={`${id}-label`} className="font-medium text-sm">
          {field.label}
        </h3>
        <p id={`${id}-sentence`} className="max-w-[52ch] text-pretty text-soft text-sm">
          <RuleWords>{field.sentence}</RuleWords>
        </p>
      </div>
      <div className="grid content-start gap-2.5">
        <PolicyControl
          field={field}
          value={value}
          onChange={onChange}
          labelledBy={`${id}-label`}
          describedBy={`${id}-sentence`}
          error={error}
          address={address}
        />
        {/* Below the control, which must not move under the finger or the letters of whoever sets it. */}
        {(changed || preset !== null) && (
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
            {changed && <Badge tone="brass">Not saved</Badge>}
            {preset !== null && (
              <>
                <Badge>Differs from preset</Badge>
                <button
                  type="button"
                  onClick={onReset}
                  className="rounded-xs text-soft underline decoration-line-strong underline-offset-3 hover:text-ink"
                >
                  Reset to <span className="font-medium">{preset}</span>
                  <span className="sr-only">, {field.label}</span>
                </button>
              </>
            )}
          </p>
        )}
      </div>
    </div>
  );
}
