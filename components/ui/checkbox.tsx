"use client";

import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "./class-names";

export type CheckboxProps = ComponentProps<typeof Radix.Root>;

/** The box alone. `checked` may be "indeterminate". Give it a name: a label, `aria-label` or `CheckboxField`. */
export function Checkbox({ className, ...rest }: CheckboxProps) {
  return (
    <Radix.Root
      className={classNames(
        // The invisible margin makes the target 24 px without moving anything.
        "group relative grid size-4 shrink-0 place-items-center rounded-xs border border-line-strong bg-panel transition-colors before:absolute before:-inset-1",
        "hover:border-soft data-[state=checked]:border-primary data-[state=indeterminate]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:bg-primary",
        "disabled:border-line! disabled:bg-hover!",
        className,
      )}
      {...rest}
    >
      <Radix.Indicator className="text-on-primary group-disabled:text-faint">
        <Check aria-hidden="true" strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden="true" strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Radix.Indicator>
    </Radix.Root>
  );
}

/** A box with its words, all of it one target. */
export function CheckboxField({
  label,
  hint,
  className,
  ...rest
}: CheckboxProps & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className={classNames("flex items-start gap-2.5", className)}>
      <Checkbox id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...rest} className="mt-0.5" />
      <div className="grid gap-0.5">
        <label htmlFor={id} className="text-base">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-pretty text-soft text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
