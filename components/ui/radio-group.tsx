"use client";

import { RadioGroup as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

export type RadioOption = {
  value: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Why this choice is not open; it stays visible with the reason. */
  disabledReason?: string | null;
};

type RadioGroupProps = {
  options: RadioOption[];
  value: string | undefined;
  onValueChange: (value: string) => void;
  name?: string;
  className?: string;
  /** `wide` puts the hints into a column of their own beside the labels, where there is room. */
  hints?: "below" | "wide";
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
  "aria-required"?: boolean;
};

/** Choices below each other, each with room for a hint. */
export function RadioGroup({ options, className, hints = "below", ...rest }: RadioGroupProps) {
  const id = useId();
  const wide = hints === "wide";
  return (
    <Radix.Root className={classNames("grid gap-2", className)} {...rest}>
      {options.map((option, index) => (
        <label
          key={option.value}
          htmlFor={`${id}-${index}`}
          className="flex items-start gap-2.5 rounded-control border border-line px-3 py-2.5 transition-colors hover:bg-hover has-[[data-state=checked]]:border-line-strong has-[[data-state=checked]]:bg-hover"
        >
          <Radix.Item
            id={`${id}-${index}`}
            value={option.value}
            disabled={Boolean(option.disabledReason)}
            className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-panel data-[state=checked]:border-primary"
          >
            <Radix.Indicator className="size-2 rounded-full bg-primary" />
          </Radix.Item>
          <span className={wide ? "grid flex-1 gap-x-6 gap-y-0.5 sm:grid-cols-[9rem_minmax(0,1fr)]" : "grid gap-0.5"}>
            <span className={classNames("text-base", option.disabledReason && "text-faint")}>{option.label}</span>
            {(option.disabledReason || option.hint) && (
              <span className={classNames("text-pretty text-soft text-xs", wide && "sm:pt-0.5")}>
                {option.disabledReason || option.hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </Radix.Root>
  );
}

/** A few short choices side by side; they wrap when there is no room. */
export function Segmented({ options, className, ...rest }: Omit<RadioGroupProps, "hints">) {
  return (
    <Radix.Root orientation="horizontal" className={classNames("flex flex-wrap gap-1.5", className)} {...rest}>
      {options.map((option) => (
        <Radix.Item
          key={option.value}
          value={option.value}
          disabled={Boolean(option.disabledReason)}
          title={option.disabledReason ?? undefined}
          className={classNames(
            "group flex h-8 items-center gap-2 rounded-control border border-line bg-panel px-2.5 text-sm text-soft transition-colors max-sm:h-10",
            "hover:bg-hover hover:text-ink disabled:bg-hover disabled:text-faint",
            "data-[state=checked]:border-line-strong data-[state=checked]:bg-hover data-[state=checked]:text-ink",
          )}
        >
          <span
            aria-hidden="true"
            className="grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-panel group-data-[state=checked]:border-primary"
          >
            <Radix.Indicator className="size-2 rounded-full bg-primary" />
          </span>
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  );
}
