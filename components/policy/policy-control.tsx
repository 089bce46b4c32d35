"use client";

import { useId } from "react";
import { NetworksInput } from "@/components/tokens/networks-input";
import { CheckboxField } from "@/components/ui/checkbox";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioGroup, Segmented } from "@/components/ui/radio-group";
import type { PolicyDraft } from "./policy-draft";
import type { PolicyField } from "./policy-fields";
import { RuleWords } from "./rule-words";

type PolicyControlProps = {
  field: PolicyField;
  value: PolicyDraft[keyof PolicyDraft];
  onChange: (value: string | boolean) => void;
  labelledBy: string;
  describedBy: string;
  error: string | undefined;
  /** Where the person who sets it is now; null where that is not known. */
  address: string | null;
};

/** The control of a rule; its name and its sentence stand beside it. */
export function PolicyControl({ field, value, onChange, labelledBy, describedBy, error, address }: PolicyControlProps) {
  const id = useId();
  const a11y = {
    "aria-labelledby": labelledBy,
    "aria-describedby": error ? `${describedBy} ${id}-error` : describedBy,
  };
  const problem = error && <FieldError id={`${id}-error`}>{error}</FieldError>;
  switch (field.kind) {
    case "choice": {
      const Choices = field.short ? Segmented : RadioGroup;
      const options = field.options.map(({ hint, ...option }) => ({
        ...option,
        hint: hint && <RuleWords>{hint}</RuleWords>,
      }));
      return <Choices {...a11y} options={options} value={String(value)} onValueChange={onChange} />;
    }
    case "switch":
      return (
        <div className="grid content-start gap-1.5">
          <CheckboxField
            label={field.on}
            checked={value === true}
            onCheckedChange={(on) => onChange(on === true)}
            aria-describedby={a11y["aria-describedby"]}
          />
          {problem}
        </div>
      );
    case "number":
      return (
        <div className="grid content-start gap-1.5">
          <div className="flex items-center gap-2.5">
            <Input
              {...a11y}
              className="w-32!"
              inputMode="numeric"
              autoComplete="off"
              placeholder={field.none}
              value={String(value)}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange(event.target.value)}
            />
            <span className="text-soft text-sm">{field.unit}</span>
          </div>
          {problem}
        </div>
      );
    case "networks":
      return (
        <NetworksInput
          aria-labelledby={labelledBy}
          aria-describedby={describedBy}
          value={String(value)}
          onChange={onChange}
          address={address}
          aboutProxies
        />
      );
    case "days":
      return (
        <div className="grid content-start gap-1.5">
          <div className="flex items-center gap-2.5">
            <Input
              {...a11y}
              className="w-48!"
              autoComplete="off"
              placeholder="None"
              value={String(value)}
              aria-invalid={error ? true : undefined}
              onChange={(event) => onChange(event.target.value)}
            />
            <span className="text-soft text-sm">days before</span>
          </div>
          {problem}
        </div>
      );
  }
}
