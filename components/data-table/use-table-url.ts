"use client";

import type { Route } from "next";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useOptimistic, useTransition } from "react";
import { type Changes, withChanges } from "./table-url";

/**
 * The address as the state of a table. A change shows in the controls at once, while `pending` is true the rows on
 * the page are the old ones.
 */
export function useTableUrl() {
  const router = useRouter();
  const path = usePathname();
  const committed = useSearchParams().toString();
  const [pending, startTransition] = useTransition();
  const [query, setQuery] = useOptimistic(committed);

  const href = (changes: Changes): string => {
    const next = withChanges(query, changes);
    return next ? `${path}?${next}` : path;
  };

  /** Asks the server for the changed view. "replace" leaves no step in the history, for a choice still being made. */
  const go = (changes: Changes, step: "push" | "replace" = "push"): void => {
    startTransition(() => {
      setQuery(withChanges(query, changes));
      router[step](href(changes) as Route, { scroll: false });
    });
  };

  /** Changes what only the browser looks at; the server is not asked. */
  const note = (changes: Changes): void => window.history.replaceState(null, "", href(changes));

  return { query, pending, href, go, note };
}

export type TableUrl = ReturnType<typeof useTableUrl>;
