"use client";

import { useEffect, useEffectEvent, useRef } from "react";

type HeldEntry = {
  /** Whether leaving would lose something. */
  holding: boolean;
  asking: boolean;
  /** *Back* was pressed the first time: the page is still there. */
  onBack: () => void;
  /** *Back* was pressed once more. */
  onLeave: () => void;
};

/** Tells the entry that is held, also after a reload. */
const MARK = "latchkeyHeld";

/**
 * Lets the browser's *Back* be asked about: while `holding`, an entry of the same address stands before the page's own in
 * the history, and *Back* takes that one first. Whoever stays gets another one; whoever presses *Back* again leaves.
 * Returns what is called on leaving by another way: it takes the entry out of the way, then runs `then`.
 */
export function useHeldEntry({ holding, asking, onBack, onLeave }: HeldEntry): (then: () => void) => void {
  const held = useRef(false);

  useEffect(() => {
    if (!holding || asking || held.current) return;
    held.current = true;
    window.history.pushState({ [MARK]: true }, "");
    remember(currentKey());
  }, [holding, asking]);

  const move = useEffectEvent(() => {
    const wasHeld = held.current;
    held.current = false;
    // With nothing to lose any more, *Back* means the page before this one.
    if (!holding && wasHeld) window.history.back();
    else if (!holding) stepOver();
    else if (wasHeld) onBack();
    else onLeave();
  });
  useEffect(() => {
    const listen = () => move();
    // A page that was left and reloaded, or that the browser kept, may stand on an entry that nobody holds any more.
    const shown = (event: PageTransitionEvent) => {
      if (!event.persisted) return;
      held.current = false;
      stepOver();
    };
    if (!held.current) stepOver();
    window.addEventListener("popstate", listen);
    window.addEventListener("pageshow", shown);
    return () => {
      window.removeEventListener("popstate", listen);
      window.removeEventListener("pageshow", shown);
    };
  }, []);

  return (then) => {
    if (!held.current) return then();
    held.current = false;
    // Whatever comes next belongs to the page's own entry, which is there once the browser says so.
    window.addEventListener("popstate", then, { once: true });
    window.history.back();
  };
}

/** Leaves an entry that was held and is no longer. Its marks go first: one step is enough. */
function stepOver() {
  const { [MARK]: marked, ...state } = window.history.state ?? {};
  const key = currentKey();
  if (!marked && (key === null || key !== remembered())) return;
  remember(null);
  window.history.replaceState(state, "");
  window.history.back();
}

/** What the browser calls the entry, whoever writes into its state: after a reload the router does, without the mark. */
const currentKey = (): string | null => window.navigation?.currentEntry?.key ?? null;

// Browsers may refuse to keep anything; the mark in the entry's state is then all there is.
function remember(key: string | null): void {
  try {
    if (key === null) window.sessionStorage.removeItem(MARK);
    else window.sessionStorage.setItem(MARK, key);
  } catch {}
}

function remembered(): string | null {
  try {
    return window.sessionStorage.getItem(MARK);
  } catch {
    return null;
  }
}
