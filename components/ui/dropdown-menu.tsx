"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import { type ComponentProps, createContext, type ReactNode, useContext, useState } from "react";
import { classNames } from "./class-names";
import { floatLook, menuItemLook } from "./floating";

/** What hangs off the body would stand outside of every landmark, and the page around an open menu stays readable. */
const Landmark = createContext<HTMLElement | null>(null);

/** Not modal: the page stays readable and does not shift while a menu is open. */
export function DropdownMenu({
  onOpenChange,
  ...rest
}: Omit<ComponentProps<typeof Radix.Root>, "open" | "defaultOpen">) {
  const [landmark, setLandmark] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <Landmark value={landmark}>
      <Radix.Root
        modal={false}
        // Its place is known before it opens: a menu that moved while open would start again, and lose a key that was
        // pressed meanwhile.
        open={open}
        onOpenChange={(next) => {
          // Looked up anew each time: another page brings another one.
          if (next) setLandmark(document.getElementById("main"));
          setOpen(next);
          onOpenChange?.(next);
        }}
        {...rest}
      />
    </Landmark>
  );
}
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export function DropdownMenuContent({ className, align = "end", ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal container={useContext(Landmark)}>
      <Radix.Content
        align={align}
        sideOffset={6}
        collisionPadding={8}
        className={classNames(
          floatLook,
          "max-h-(--radix-dropdown-menu-content-available-height) min-w-44 max-w-[calc(100vw-1rem)] overflow-y-auto p-1",
          className,
        )}
        {...rest}
      />
    </Radix.Portal>
  );
}

type ItemProps = ComponentProps<typeof Radix.Item> & {
  /** For what destroys. */
  danger?: boolean;
  /** Why the item cannot be used now; shown as its second line. */
  disabledReason?: string | null;
};

export function DropdownMenuItem({
  className,
  danger,
  disabledReason,
  disabled,
  children,
  asChild,
  ...rest
}: ItemProps) {
  return (
    <Radix.Item
      asChild={asChild}
      disabled={disabled || Boolean(disabledReason)}
      className={classNames(
        menuItemLook,
        danger && !disabledReason && "text-red-ink data-[highlighted]:bg-red-wash [&>svg]:text-red-ink!",
        className,
      )}
      {...rest}
    >
      {disabledReason && !asChild ? (
        <span className="grid gap-0.5">
          <span className="flex items-center gap-2.5 [&>svg]:size-4">{children}</span>
          <span className="max-w-56 text-pretty text-soft text-xs">{disabledReason}</span>
        </span>
      ) : (
        children
      )}
    </Radix.Item>
  );
}

export function DropdownMenuCheckboxItem({ className, children, ...rest }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={classNames(menuItemLook, "pr-9", className)} {...rest}>
      {children}
      <Tick />
    </Radix.CheckboxItem>
  );
}

export function DropdownMenuRadioItem({ className, children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem className={classNames(menuItemLook, "pr-9", className)} {...rest}>
      {children}
      <Tick />
    </Radix.RadioItem>
  );
}

const Tick = () => (
  <Radix.ItemIndicator className="absolute right-2.5">
    <Check aria-hidden="true" className="size-4" />
  </Radix.ItemIndicator>
);

export const DropdownMenuSeparator = () => <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;

export const DropdownMenuLabel = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2.5 pt-1.5 pb-1 text-faint text-xs">{children}</Radix.Label>
);
