"use client";

import { ChevronLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { MouseEvent } from "react";

/** Leads back to the list; where the person came from it, with the search, filters and place that they left it in. */
export function BackToTokens({ href, label }: { href: string; label: string }) {
  function back(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !cameFrom(href)) return;
    event.preventDefault();
    window.history.back();
  }
  return (
    <div className="-mb-3 pt-5">
      <Link
        href={href as Route}
        onClick={back}
        className="-ml-1 inline-flex min-h-6 items-center gap-1 rounded-sm pr-1 text-sm text-soft hover:text-ink"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        {label}
      </Link>
    </div>
  );
}

type Entries = { currentEntry: { index: number } | null; entries(): { url: string | null }[] };

/** Whether the page before this one in the tab's history is the list. Browsers without that knowledge say no. */
function cameFrom(path: string): boolean {
  const { navigation } = window as { navigation?: Entries };
  const before = navigation?.entries()[(navigation.currentEntry?.index ?? 0) - 1]?.url;
  return before ? new URL(before).pathname === path : false;
}
