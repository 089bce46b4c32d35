"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button";
import { classNames } from "./class-names";
import { useScrollEdges } from "./scroll-edges";

export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

/**
 * Shared with the alert dialog: a surface that hangs from a fixed line, so that it does not jump when it grows, and
 * below 720 px a sheet that rises from the bottom edge.
 */
export const veilLook =
  "fixed inset-0 z-50 bg-veil data-[state=open]:animate-fade-in data-[state=closed]:animate-fade-out";
export const dialogLook = classNames(
  "fixed z-50 flex flex-col border border-line bg-panel text-ink shadow-dialog outline-none",
  "max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[calc(100dvh-2rem)] max-sm:rounded-t-dialog max-sm:border-x-0 max-sm:border-b-0",
  "max-sm:pb-[env(safe-area-inset-bottom)] max-sm:data-[state=closed]:animate-sheet-out max-sm:data-[state=open]:animate-sheet-in",
  "sm:inset-x-0 sm:top-[max(24px,9vh)] sm:mx-auto sm:max-h-[calc(100dvh-max(24px,9vh)-24px)]",
  "sm:w-[calc(100%-3rem)] sm:rounded-dialog",
  "sm:data-[state=closed]:animate-dialog-out sm:data-[state=open]:animate-dialog-in",
);
const widths = { sm: "sm:max-w-[420px]", md: "sm:max-w-[520px]", lg: "sm:max-w-[680px]" } as const;

export type DialogContentProps = Omit<ComponentProps<typeof Radix.Content>, "title"> & {
  /** Says what the dialog is for; always there, for everyone. */
  title: ReactNode;
  description?: ReactNode;
  size?: keyof typeof widths;
  /** Off while leaving would lose something; then the dialog offers its own way out. */
  dismissible?: boolean;
};

/**
 * Title, then `DialogBody` (the part that scrolls), then `DialogFooter`. A form goes around the last two with
 * `className="contents"`. Focus goes in on opening and returns to the trigger on closing.
 */
export function DialogContent(props: DialogContentProps) {
  const { title, description, size = "md", dismissible = true, className, children, ...rest } = props;
  return (
    <Radix.Portal>
      <Radix.Overlay className={veilLook} />
      <Radix.Content
        className={classNames(dialogLook, widths[size], className)}
        {...(description ? {} : { "aria-describedby": undefined })}
        onEscapeKeyDown={(event) => !dismissible && event.preventDefault()}
        onInteractOutside={(event) => !dismissible && event.preventDefault()}
        {...rest}
      >
        <header className="grid shrink-0 gap-1 px-6 pt-6 pr-14 pb-2 max-sm:px-4 max-sm:pt-5 max-sm:pr-14">
          <Radix.Title className="font-semibold text-lg text-balance [overflow-wrap:anywhere]">{title}</Radix.Title>
          {description && (
            <Radix.Description asChild>
              <div className="text-pretty text-soft [overflow-wrap:anywhere]">{description}</div>
            </Radix.Description>
          )}
        </header>
        {children}
        {dismissible && (
          <Radix.Close asChild>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Close"
              className="absolute! top-5 right-5 max-sm:top-4 max-sm:right-3"
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          </Radix.Close>
        )}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The part that scrolls; a line at its edges while something is hidden beyond them. */
export function DialogBody({ className, ...rest }: Omit<ComponentProps<"div">, "ref">) {
  const body = useRef<HTMLDivElement>(null);
  useScrollEdges(body);
  useEffect(() => {
    const element = body.current;
    element?.addEventListener("focusin", bringIntoSight);
    return () => element?.removeEventListener("focusin", bringIntoSight);
  }, []);
  return (
    <div
      ref={body}
      className={classNames(
        "grid min-h-0 scroll-py-3 gap-4 overflow-y-auto overscroll-contain border-transparent border-y px-6 pt-2 pb-4 max-sm:px-4",
        "data-[above]:border-t-line data-[below]:border-b-line",
        className,
      )}
      {...rest}
    />
  );
}

/** Going round from the last control of a dialog to the first, the focus comes without scrolling. */
function bringIntoSight({ target }: FocusEvent) {
  if (target instanceof Element && target.matches(":focus-visible")) showWithWords(target);
}

/** Scrolls to a control and to what is said about it below, such as what is wrong with it. */
export function showWithWords(control: Element) {
  for (const id of (control.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean).reverse()) {
    document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }
  control.scrollIntoView({ block: "nearest" });
}

/** Buttons, the main one last; `aside` is a quiet fact on the left. */
export function DialogFooter({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  return (
    <footer className="flex shrink-0 flex-wrap items-center justify-end gap-2 px-6 pt-3 pb-6 max-sm:px-4 max-sm:pb-4">
      {aside && <div className="mr-auto min-w-0 text-soft text-sm max-sm:w-full">{aside}</div>}
      <div className="flex flex-wrap justify-end gap-2 max-sm:grid max-sm:w-full max-sm:grid-flow-col max-sm:auto-cols-fr">
        {children}
      </div>
    </footer>
  );
}
