"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { Popover, PopoverAnchor, PopoverContent } from "./popover";

type CopyButtonProps = Omit<ButtonProps, "onCopy" | "onClick" | "children" | "value"> & {
  value: string;
  /** What is copied, for the name and for what is read out: "token id". */
  what: string;
  /** Words beside the icon; without them the button is an icon alone. */
  label?: string;
  onCopied?: () => void;
};

/**
 * Copies to the clipboard and says so. Where the clipboard is not available (plain http, a refused permission), it
 * shows the value already selected, to be copied by hand.
 */
export function CopyButton({ value, what, label, onCopied, variant = "ghost", size, ...rest }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "by-hand">("idle");

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
      onCopied?.();
    } catch {
      setState("by-hand");
    }
  }

  const Icon = state === "copied" ? Check : Copy;
  return (
    <Popover open={state === "by-hand"} onOpenChange={(open) => setState(open ? "by-hand" : "idle")}>
      <PopoverAnchor asChild>
        <Button
          variant={variant}
          size={size ?? (label ? "sm" : "icon-xs")}
          aria-label={label ? undefined : `Copy ${what}`}
          onClick={copy}
          {...rest}
        >
          <Icon aria-hidden="true" className={label ? "size-4" : "size-3.5"} />
          {label && (
            // Both words take the same place, so the button keeps its width.
            <span className="grid *:[grid-area:1/1]">
              <span className={state === "copied" ? "invisible" : undefined}>{label}</span>
              <span className={state === "copied" ? undefined : "invisible"} aria-hidden={state !== "copied"}>
                Copied
              </span>
            </span>
          )}
        </Button>
      </PopoverAnchor>
      <span role="status" className="sr-only">
        {state === "copied" ? `Copied ${what}` : ""}
      </span>
      <PopoverContent align="end" aria-label={`Copy ${what} by hand`} className="grid w-80 gap-2 p-3">
        <label className="grid gap-2 text-sm">
          <span className="text-soft">The clipboard is not available here. Copy it from this field:</span>
          <input
            readOnly
            value={value}
            autoComplete="off"
            spellCheck={false}
            ref={(field) => field?.select()}
            onFocus={(event) => event.currentTarget.select()}
            onCopy={onCopied}
            className="h-9 w-full rounded-control border border-line-strong bg-hover px-2.5 font-mono text-xs"
          />
        </label>
      </PopoverContent>
    </Popover>
  );
}
