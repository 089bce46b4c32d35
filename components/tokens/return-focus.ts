"use client";

import { useLayoutEffect, useRef } from "react";
import { focusHeading } from "@/components/shell/page-focus";

/**
 * For a dialog that is opened from elsewhere and so has no trigger of its own: gives the handler that puts the focus back
 * where it was when the dialog opened, or on the page's heading where that is gone or about to go.
 */
export function useReturnFocus(open: boolean) {
  const origin = useRef<HTMLElement | null>(null);
  const toHeading = useRef(false);
  useLayoutEffect(() => {
    if (!open) return;
    toHeading.current = false;
    origin.current = control(document.activeElement);
  }, [open]);
  return {
    /** The control that opened the dialog goes with what the dialog did. */
    leaveOrigin: () => {
      toHeading.current = true;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (origin.current?.isConnected && !toHeading.current) origin.current.focus();
      else focusHeading();
    },
  };
}

/** A menu goes as soon as something of it is chosen: what counts is the button that opened it. */
function control(active: Element | null): HTMLElement | null {
  const opener = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return (opener ? document.getElementById(opener) : active) as HTMLElement | null;
}
