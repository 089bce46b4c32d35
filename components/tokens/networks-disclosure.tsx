"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { networksInWords } from "./network-lines";
import { NetworksInput } from "./networks-input";

type NetworksDisclosureProps = {
  value: string;
  onChange: (text: string) => void;
  error?: string;
  /** The policy's networks; empty where it has none. */
  bounds: readonly string[];
  address: string | null;
  /** From where the token was called lately. */
  callers?: readonly string[];
};

/** From where a token may be used: out of the way of those who do not ask, open where something is set or wrong. */
export function NetworksDisclosure({ value, onChange, error, bounds, address, callers }: NetworksDisclosureProps) {
  const id = useId();
  const [opened, setOpened] = useState(value !== "");
  const open = opened || error !== undefined;
  const block = useRef<HTMLDivElement>(null);
  // What opens, and what is said of a line, comes up below what is seen of a dialog.
  useEffect(() => {
    const element = block.current;
    if (!element) return;
    const sizes = new ResizeObserver(() => {
      if (element.contains(document.activeElement)) element.scrollIntoView({ block: "nearest" });
    });
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);
  return (
    <div ref={block} className="grid min-w-0 gap-2">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={`${id}-body`}
        onClick={(event) => {
          // Not every browser focuses a button that is pressed.
          event.currentTarget.focus();
          setOpened(!open);
        }}
        className="-mx-1 flex items-center gap-1 justify-self-start rounded-xs px-1 text-sm text-soft hover:text-ink aria-expanded:font-medium aria-expanded:text-ink"
      >
        <ChevronRight
          aria-hidden="true"
          className={classNames("size-4 transition-transform motion-reduce:transition-none", open && "rotate-90")}
        />
        <span id={`${id}-label`}>Restrict where it may be used</span>
      </button>
      {!open && (value !== "" || bounds.length > 0) && (
        <p className="pl-5 text-soft text-xs [overflow-wrap:anywhere]">
          {value === ""
            ? `The policy allows ${networksInWords(bounds)}.`
            : `From ${networksInWords(value.trim().split(/\s+/))}.`}
        </p>
      )}
      <div id={`${id}-body`} hidden={!open} className="grid min-w-0 gap-2 pl-5">
        {open && (
          <>
            <p id={`${id}-hint`} className="text-pretty text-soft text-xs [overflow-wrap:anywhere]">
              IP addresses and CIDR blocks, one a line.{" "}
              {bounds.length > 0
                ? `Within those of the policy: ${networksInWords(bounds)}.`
                : "Calls from elsewhere are then refused."}
            </p>
            <NetworksInput
              value={value}
              onChange={onChange}
              error={error}
              bounds={bounds}
              address={address}
              callers={callers}
              aria-labelledby={`${id}-label`}
              aria-describedby={`${id}-hint`}
            />
          </>
        )}
      </div>
    </div>
  );
}
