"use client";

import { AlertDialog as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";
import { dialogLook, veilLook } from "./dialog";

export const AlertDialog = Radix.Root;
/** Put a `Button` inside with `asChild`; focus starts here, so that Enter does no harm. */
export const AlertDialogCancel = Radix.Cancel;

type AlertDialogContentProps = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  title: ReactNode;
  /** What will happen, and that it cannot be undone if that is so. */
  description: ReactNode;
};

/** A question that must be answered. Use `DialogBody` and `DialogFooter` inside. */
export function AlertDialogContent({ title, description, className, children, ...rest }: AlertDialogContentProps) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={veilLook} />
      <Radix.Content className={classNames(dialogLook, "sm:max-w-[460px]", className)} {...rest}>
        <header className="grid shrink-0 gap-1 px-6 pt-6 pb-2 max-sm:px-4 max-sm:pt-5">
          <Radix.Title className="font-semibold text-lg text-balance [overflow-wrap:anywhere]">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="text-pretty text-soft [overflow-wrap:anywhere]">{description}</div>
          </Radix.Description>
        </header>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
