"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** A page and what streams into it have come by then. */
const WATCH_MS = 5000;

/**
 * After a step to another page, puts the focus that went with the old one on the new one's heading, so that the keyboard
 * goes on there. A focus that is somewhere stays, and so it does where only the address's search changes.
 */
export function PageFocus() {
  const path = usePathname();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    const settle = () => {
      if (document.activeElement === null || document.activeElement === document.body) focusHeading();
    };
    const watcher = new MutationObserver(settle);
    const stop = () => {
      clearTimeout(timer);
      watcher.disconnect();
      for (const event of ["keydown", "pointerdown"]) window.removeEventListener(event, stop, true);
    };
    const timer = setTimeout(stop, WATCH_MS);
    for (const event of ["keydown", "pointerdown"]) window.addEventListener(event, stop, true);
    watcher.observe(document.body, { childList: true, subtree: true });
    settle();
    return stop;
  }, [path]);
  return null;
}

/** Puts the focus on the page's heading, from which the next Tab leads into the page. */
export function focusHeading() {
  const heading = document.querySelector<HTMLElement>("main h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
