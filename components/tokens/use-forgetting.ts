"use client";

import { useEffect, useEffectEvent } from "react";
import { flushSync } from "react-dom";

/**
 * While a secret is on the page: forgets it at the moment when the page is left, so that a page which the browser keeps
 * for *Back* holds none, and lets the browser ask first where it was not kept elsewhere.
 */
export function useForgetting({ holding, kept, forget }: { holding: boolean; kept: boolean; forget: () => void }) {
  const drop = useEffectEvent(forget);
  useEffect(() => {
    if (!holding) return;
    // The page may be frozen right after this event: what is not done in it is done when the page comes back.
    const leave = () => flushSync(drop);
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, [holding]);
  useEffect(() => {
    if (!holding || kept) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [holding, kept]);
}
