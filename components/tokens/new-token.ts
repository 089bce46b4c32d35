"use client";

import { useSyncExternalStore } from "react";

/** How long a new row stands out. */
const SHOWN_FOR = 4000;

let newest: string | null = null;
const listeners = new Set<() => void>();

function tell(id: string | null) {
  newest = id;
  for (const listener of listeners) listener();
}

/** Makes the row of a token that was just created stand out for a moment. */
export function markNewToken(id: string) {
  tell(id);
  setTimeout(() => newest === id && tell(null), SHOWN_FOR);
}

let unlisted = false;

/** For a token whose dialog was left for another page: the list that the browser goes back to is older than it. */
export function leaveUnlisted() {
  unlisted = true;
}

/** Whether that is so; said once. */
export function takeUnlisted(): boolean {
  const was = unlisted;
  unlisted = false;
  return was;
}

/** The id of the token that was created a moment ago; null when there is none. */
export function useNewToken(): string | null {
  return useSyncExternalStore(subscribe, () => newest, none);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none = () => null;
