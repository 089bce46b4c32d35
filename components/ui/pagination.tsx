"use client";

import type { Route } from "next";
import Link from "next/link";
import type { MouseEvent, ReactNode } from "react";
import { Button } from "./button";

type PaginationProps = {
  /** "Showing 1–50 of 380". */
  summary: ReactNode;
  /** Addresses of the neighbours; null at the ends. */
  previousHref: string | null;
  nextHref: string | null;
  /** To go there in another way, such as in a transition; the link stays a link. */
  onNavigate?: (href: string) => void;
};

/** The neighbours of a page; only the summary where it is the only one. */
export function Pagination({ summary, previousHref, nextHref, onNavigate }: PaginationProps) {
  const step = (label: string, href: string | null) =>
    href === null ? (
      <Button size="sm" disabled>
        {label}
      </Button>
    ) : (
      <Button size="sm" asChild>
        <Link
          href={href as Route}
          prefetch={false}
          onClick={(event: MouseEvent) => {
            if (!onNavigate || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
            event.preventDefault();
            onNavigate(href);
          }}
        >
          {label}
        </Link>
      </Button>
    );
  const place = "flex flex-wrap items-center justify-between gap-3 px-0.5 py-3 text-sm text-soft";
  if (previousHref === null && nextHref === null) return <p className={place}>{summary}</p>;
  return (
    <nav aria-label="Pages" className={place}>
      <p>{summary}</p>
      <div className="flex gap-2">
        {step("Previous", previousHref)}
        {step("Next", nextHref)}
      </div>
    </nav>
  );
}
