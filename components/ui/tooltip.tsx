"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={350} skipDelayDuration={250}>
    {children}
  </Radix.Provider>
);

type TooltipProps = {
  /** What the tooltip says. Nothing said, no tooltip. */
  content: ReactNode;
  /** One element that takes a ref and can be focused. */
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
};

export function Tooltip({ content, children, side = "top", align = "center", open, onOpenChange }: TooltipProps) {
  if (content === null || content === undefined || content === "") return children;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-60 max-w-72 rounded-control bg-primary px-2.5 py-1.5 text-on-primary text-xs text-pretty shadow-float select-none data-[state=delayed-open]:animate-fade-in"
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
