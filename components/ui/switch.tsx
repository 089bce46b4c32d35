"use client";

import { Lock } from "lucide-react";
import { Switch as Radix } from "radix-ui";
import { useState } from "react";
import { classNames } from "./class-names";
import { Tooltip } from "./tooltip";

type SwitchProps = {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Why it cannot be switched. It stays focusable, so that everyone can learn the reason. */
  lockedReason?: string | null;
  "aria-label": string;
  "aria-describedby"?: string;
};

/** On or off, at once for the eye; what it sets is saved by the form around it. */
export function Switch({ checked, onCheckedChange, lockedReason, ...rest }: SwitchProps) {
  const [reasonShown, setReasonShown] = useState(false);
  const locked = Boolean(lockedReason);
  return (
    <Tooltip content={lockedReason} open={reasonShown} onOpenChange={setReasonShown}>
      <Radix.Root
        checked={checked}
        onCheckedChange={(on) => (locked ? setReasonShown(true) : onCheckedChange(on))}
        aria-disabled={locked || undefined}
        className={classNames(
          // The invisible margin makes the target 28 px high without moving anything.
          "group relative h-5 w-9 shrink-0 rounded-full border transition-colors before:absolute before:-inset-1 max-sm:before:-inset-2.5",
          locked
            ? "border-line-strong bg-line-strong"
            : "border-line-strong bg-hover data-[state=checked]:border-primary data-[state=checked]:bg-primary",
        )}
        {...rest}
      >
        <Radix.Thumb
          className={classNames(
            "grid size-4 translate-x-px place-items-center rounded-full transition-transform data-[state=checked]:translate-x-[17px]",
            locked ? "bg-panel text-soft" : "bg-line-strong data-[state=checked]:bg-on-primary",
          )}
        >
          {locked && <Lock aria-hidden="true" className="size-3" strokeWidth={2.25} />}
        </Radix.Thumb>
      </Radix.Root>
    </Tooltip>
  );
}
