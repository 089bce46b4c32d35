"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { Toaster as Sonner, type ToasterProps } from "sonner";
import { Spinner } from "./spinner";

export { toast } from "sonner";

export function Toaster() {
  const { theme } = useTheme();
  const phone = useSyncExternalStore(watchWidth, isNarrow, () => false);
  return (
    <Sonner
      theme={theme as ToasterProps["theme"]}
      className="font-sans!"
      // A phone's dialogs and their buttons are at the bottom edge.
      position={phone ? "top-center" : "bottom-right"}
      gap={8}
      offset={20}
      mobileOffset={{ top: "calc(env(safe-area-inset-top) + 12px)", bottom: 12, left: 12, right: 12 }}
      containerAriaLabel="Messages"
      icons={{
        success: <CircleCheck aria-hidden="true" className="size-4 text-green" />,
        error: <CircleAlert aria-hidden="true" className="size-4 text-red-ink" />,
        warning: <TriangleAlert aria-hidden="true" className="size-4 text-amber" />,
        info: <Info aria-hidden="true" className="size-4 text-soft" />,
        loading: <Spinner className="text-soft" />,
        close: <X aria-hidden="true" className="size-4" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: "Close",
        classNames: {
          toast:
            "flex w-full items-start gap-2.5 rounded-surface border border-line bg-panel px-3.5 py-3 text-ink text-sm shadow-float sm:w-[356px]",
          content: "min-w-0 flex-1",
          icon: "mt-px size-4 shrink-0",
          title: "font-medium",
          description: "text-pretty text-soft",
          actionButton: "shrink-0 font-medium underline-offset-3 hover:underline",
          cancelButton: "shrink-0 text-soft",
          closeButton:
            "order-last -my-1 -mr-1.5 grid size-6 shrink-0 place-items-center rounded-control text-soft hover:bg-hover hover:text-ink",
        },
      }}
    />
  );
}

/** Where dialogs are sheets. */
const NARROW = "(width < 720px)";
const isNarrow = () => window.matchMedia(NARROW).matches;
function watchWidth(onChange: () => void) {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}
