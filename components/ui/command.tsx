"use client";

import { Command as Cmdk, defaultFilter } from "cmdk";
import { Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { classNames } from "./class-names";
import { menuItemLook } from "./floating";

type CommandDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  placeholder: string;
  empty?: ReactNode;
  /** What is typed, where somebody else looks for it too. */
  typed?: string;
  onType?: (typed: string) => void;
  children: ReactNode;
};

const FOUND = "found ";

/** The `value` of an item that was found elsewhere: it stands whatever is typed, below what the list finds itself. */
export const foundValue = (id: string) => `${FOUND}${id}`;

/** Below it, an item has the letters somewhere and nothing of the word. */
const WEAK = 0.3;

function score(value: string, typed: string, keywords?: string[]): number {
  if (value.startsWith(FOUND)) return WEAK;
  const own = defaultFilter(value, typed, keywords);
  return own < WEAK ? 0 : own;
}

/** A list to type into, over the page. Fill it with `CommandGroup` and `CommandItem`. The focus returns to where it was. */
export function CommandDialog(props: CommandDialogProps) {
  const { open, onOpenChange, title, placeholder, empty, typed, onType, children } = props;
  const origin = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-50 bg-veil data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            origin.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (origin.current instanceof HTMLElement) origin.current.focus();
          }}
          className="fixed inset-x-0 top-[min(12vh,8rem)] z-50 mx-auto w-[calc(100%-1.5rem)] max-w-[560px] overflow-hidden rounded-dialog border border-line bg-panel text-ink shadow-dialog outline-none data-[state=closed]:animate-fade-out data-[state=open]:animate-dialog-in"
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          <Cmdk label={title} loop filter={score}>
            <div className="flex items-center gap-3 border-line border-b px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-soft" />
              <Cmdk.Input
                placeholder={placeholder}
                value={typed}
                onValueChange={onType}
                className="h-12 w-full bg-transparent text-base outline-none max-sm:text-[1rem]"
              />
            </div>
            <Cmdk.List className="max-h-[min(22rem,60dvh)] scroll-py-1 overflow-y-auto overscroll-contain p-1">
              <Cmdk.Empty className="px-4 py-10 text-center text-sm text-soft">{empty ?? "Nothing found."}</Cmdk.Empty>
              {children}
            </Cmdk.List>
          </Cmdk>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function CommandGroup({ className, ...rest }: ComponentProps<typeof Cmdk.Group>) {
  return (
    <Cmdk.Group
      className={classNames(
        "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs",
        className,
      )}
      {...rest}
    />
  );
}

export function CommandItem({ className, ...rest }: ComponentProps<typeof Cmdk.Item>) {
  return <Cmdk.Item className={classNames(menuItemLook, "py-2 data-[selected=true]:bg-hover", className)} {...rest} />;
}
