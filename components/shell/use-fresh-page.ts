"use client";

import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { isReady } from "./server-state";

const EVERY_MS = 15_000;
/** Nobody looks at a page on which nothing was touched for so long; asking on would keep its session awake. */
const UNATTENDED_MS = 30 * 60_000;

/** What somebody is in the middle of, and what a page that changes below it would disturb. */
const BUSY =
  "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], input:focus, textarea:focus, select:focus, [aria-busy=true]";

/**
 * Keeps what a page shows current: asks for it again when somebody comes back to it, and every 15 seconds while it is
 * looked at. Not while something is open, typed or marked, nor while the server is away.
 */
export function useFreshPage() {
  const router = useRouter();
  useEffect(() => {
    let asked = Date.now();
    let touched = Date.now();
    let left = false;
    const mayAsk = () =>
      document.visibilityState === "visible" &&
      navigator.onLine &&
      !document.querySelector(BUSY) &&
      (window.getSelection()?.isCollapsed ?? true);

    async function ask() {
      if (!mayAsk() || Date.now() - asked < EVERY_MS / 3) return;
      asked = Date.now();
      // A page of which the data cannot be had would give way to an error.
      if ((await isReady()) && !left && mayAsk()) startTransition(() => router.refresh());
    }
    const touch = () => {
      touched = Date.now();
    };
    const comeBack = () => {
      touch();
      void ask();
    };
    const timer = setInterval(() => Date.now() - touched < UNATTENDED_MS && void ask(), EVERY_MS);
    const touches = ["pointermove", "keydown", "wheel"] as const;
    for (const event of touches) window.addEventListener(event, touch, { passive: true });
    window.addEventListener("focus", comeBack);
    document.addEventListener("visibilitychange", comeBack);
    return () => {
      left = true;
      clearInterval(timer);
      for (const event of touches) window.removeEventListener(event, touch);
      window.removeEventListener("focus", comeBack);
      document.removeEventListener("visibilitychange", comeBack);
    };
  }, [router]);
}
