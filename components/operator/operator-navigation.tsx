"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";

const PLACES = [
  { href: "/operator", label: "Organizations" },
  { href: "/operator/jobs", label: "Jobs" },
  { href: "/operator/outbox", label: "Outbox" },
] as const;

/** The operator's three places; an organization's page hangs below the first. */
export function OperatorNavigation({ className }: { className?: string }) {
  const path = usePathname();
  const here = PLACES.findLast(({ href }) => path === href || path.startsWith(`${href}/`))?.href;
  return (
    <nav aria-label="Main" className={className}>
      <ul className="flex gap-1">
        {PLACES.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href as Route}
              aria-current={href === here ? "page" : undefined}
              className={classNames(
                "flex h-8 items-center rounded-sm px-2.5 text-sm transition-colors max-sm:h-10",
                href === here ? "bg-hover font-medium text-ink" : "text-soft hover:bg-hover hover:text-ink",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
