"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { useHeldEntry } from "@/components/tokens/use-held-entry";
import { LEAVING } from "./leaving";

type Unsaved = {
  unsaved: boolean;
  /** Whether a dialog lies over the page: *Back* closes it and no more. */
  covered: boolean;
  uncover: () => void;
  discard: () => void;
};

/**
 * Lets nobody lose what is not saved without having said so: by a link, a command, the browser's *Back*, or by leaving
 * Latchkey, which the browser asks about itself. `asking` is true while the question is to be shown.
 */
export function useUnsaved({ unsaved, covered, uncover, discard }: Unsaved) {
  const router = useRouter();
  const [go, setGo] = useState<(() => void) | null>(null);
  const release = useHeldEntry({
    holding: unsaved,
    asking: go !== null || covered,
    onBack: () => (covered ? uncover() : setGo(() => () => window.history.back())),
    onLeave: () => setGo(null),
  });

  const onClick = useEffectEvent((event: MouseEvent) => {
    const href = followed(event);
    if (href === null) return;
    event.preventDefault();
    setGo(() => () => router.push(href as Route));
  });
  const onLeaving = useEffectEvent((event: Event) => {
    event.preventDefault();
    const { detail } = event as CustomEvent<() => void>;
    setGo(() => detail);
  });
  useEffect(() => {
    if (!unsaved) return;
    // Before anything on the page hears of the press: a link that finds it taken does not navigate.
    const click = (event: MouseEvent) => onClick(event);
    const leaving = (event: Event) => onLeaving(event);
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("click", click, { capture: true });
    window.addEventListener(LEAVING, leaving);
    window.addEventListener("beforeunload", unload);
    return () => {
      window.removeEventListener("click", click, { capture: true });
      window.removeEventListener(LEAVING, leaving);
      window.removeEventListener("beforeunload", unload);
    };
  }, [unsaved]);

  return {
    asking: go !== null,
    stay: () => setGo(null),
    leave() {
      if (!go) return;
      setGo(null);
      discard();
      release(go);
    },
  };
}

/** The address of another page of Latchkey that this press opens in place of this one; null for every other press. */
function followed(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.hasAttribute("download") || (link.target !== "" && link.target !== "_self")) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  if (origin !== window.location.origin || pathname === window.location.pathname) return null;
  return `${pathname}${search}${hash}`;
}
