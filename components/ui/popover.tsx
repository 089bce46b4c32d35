"use client";

import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { floatLook } from "./floating";

export const Popover = Radix.Root;
export const PopoverTrigger = Radix.Trigger;
export const PopoverAnchor = Radix.Anchor;

export function PopoverContent({ className, align = "start", ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={classNames(
          floatLook,
          "max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-1rem)] overflow-y-auto",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}
