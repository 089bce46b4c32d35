"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import { activeHref, type NavSection } from "./navigation-definition";

export function Navigation({ sections, onNavigate }: { sections: NavSection[]; onNavigate?: () => void }) {
  const active = activeHref(sections, usePathname());
  return (
    <nav aria-label="Main" className="grid gap-4">
      {sections.map((section) => (
        <div key={section.label ?? "main"}>
          {section.label && <p className="px-2 pb-1 font-medium text-faint text-xs">{section.label}</p>}
          <ul className="grid gap-0.5">
            {section.items.map((item) => (
              <li key={item.href}>
                <Link
                  href={item.href as Route}
                  onClick={onNavigate}
                  aria-current={item.href === active ? "page" : undefined}
                  className={classNames(
                    "flex h-8 items-center gap-2.5 rounded-sm px-2 transition-colors max-md:h-11",
                    "[&>svg:first-child]:size-4 [&>svg:first-child]:shrink-0 [&>svg:first-child]:[stroke-width:1.75]",
                    item.href === active ? "bg-hover font-medium text-ink" : "text-soft hover:bg-hover hover:text-ink",
                  )}
                >
                  {item.icon}
                  <span className="min-w-0 truncate">{item.label}</span>
                  {item.attention && <Attention words={item.attention} />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Attention({ words }: { words: string }) {
  return (
    <span title={words} className="ml-auto">
      <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4">
        <circle cx="8" cy="8" r="8" className="fill-amber" />
        <path d="M8 4v4.6" className="stroke-panel" strokeWidth="1.8" strokeLinecap="round" />
        <circle cx="8" cy="11.7" r="1.1" className="fill-panel" />
      </svg>
      <span className="sr-only">{words}</span>
    </span>
  );
}
