"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { floatLook } from "./floating";
import { controlLook } from "./input";

export type SelectOption = {
  value: string;
  label: string;
  /** A second, quieter line in the list. */
  detail?: ReactNode;
  /** Why this choice is not open; it stays in the list with the reason. */
  disabledReason?: string | null;
  /** The heading above it, said once for those that stand together. */
  section?: string;
};

export type SelectProps = {
  options: SelectOption[];
  value: string | undefined;
  onValueChange: (value: string) => void;
  placeholder?: string;
  disabled?: boolean;
  name?: string;
  id?: string;
  size?: "sm" | "md";
  className?: string;
  onBlur?: () => void;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  "aria-required"?: boolean;
};

export function Select(props: SelectProps) {
  const { options, value, onValueChange, placeholder = "Choose…", disabled, name, size = "md", className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root value={value ?? ""} onValueChange={onValueChange} disabled={disabled} name={name}>
      <Radix.Trigger
        id={props.id}
        onBlur={props.onBlur}
        aria-label={props["aria-label"]}
        aria-describedby={props["aria-describedby"]}
        aria-invalid={props["aria-invalid"]}
        className={classNames(
          controlLook,
          "flex items-center justify-between gap-2 text-left",
          size === "sm" ? "h-8 text-sm" : "h-9 max-sm:h-10",
          className,
        )}
      >
        <span className={classNames("truncate", !chosen && "text-faint")}>
          <Radix.Value placeholder={placeholder}>{chosen?.label}</Radix.Value>
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-soft" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={classNames(
            floatLook,
            "max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[min(28rem,calc(100vw-1rem))] p-1",
          )}
        >
          <Radix.Viewport>
            {[...new Set(options.map(({ section }) => section))].map((section) => {
              const choices = options
                .filter((option) => option.section === section)
                .map((option) => <Choice key={option.value} option={option} />);
              // A group is named by its heading, or is none.
              return section ? (
                <Radix.Group key={section}>
                  <Radix.Label className="px-2.5 pt-2 pb-1 font-medium text-soft text-xs">{section}</Radix.Label>
                  {choices}
                </Radix.Group>
              ) : (
                choices
              );
            })}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Choice({ option: { value, label, detail, disabledReason } }: { option: SelectOption }) {
  return (
    <Radix.Item
      value={value}
      disabled={Boolean(disabledReason)}
      className="relative grid cursor-default select-none gap-0.5 rounded-sm py-1.5 pr-8 pl-2.5 text-sm outline-none data-[highlighted]:bg-hover data-[disabled]:text-faint max-sm:py-2.5"
    >
      <Radix.ItemText>{label}</Radix.ItemText>
      {(disabledReason || detail) && <span className="text-pretty text-soft text-xs">{disabledReason || detail}</span>}
      <Radix.ItemIndicator className="absolute top-2 right-2.5">
        <Check aria-hidden="true" className="size-4" />
      </Radix.ItemIndicator>
    </Radix.Item>
  );
}
