import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { SkipLink } from "@/components/shell/skip-link";
import { classNames } from "@/components/ui/class-names";
import { DocsBar, type DocsPlace } from "./docs-bar";

export interface ReferenceSection {
  title: string;
  /** Where it leads; without one it is a heading of its parts. */
  href?: string;
  parts?: { href: string; title: string; current?: boolean }[];
}

type ReferenceShellProps = { place: DocsPlace; sections: ReferenceSection[]; children: ReactNode };

/** A page between the contents on its left and itself: a document for developers, outside the console. */
export function ReferenceShell({ place, sections, children }: ReferenceShellProps) {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <DocsBar current={place} />
      <div className="mx-auto grid max-w-[1280px] grid-cols-[minmax(0,1fr)] gap-x-12 px-8 max-sm:px-4 md:grid-cols-[208px_minmax(0,1fr)]">
        <nav
          aria-label="Contents"
          className="sticky top-[var(--bar-height)] h-[calc(100dvh-var(--bar-height))] overflow-y-auto py-8 max-md:hidden"
        >
          <Contents sections={sections} />
        </nav>
        <main id="main" className="min-w-0 pt-8 pb-24 max-sm:pt-6">
          {sections.length > 0 && (
            <details className="mb-8 rounded-surface border border-line bg-panel px-4 md:hidden">
              <summary className="py-2.5 font-medium">Contents</summary>
              <nav aria-label="Contents" className="border-line border-t py-4">
                <Contents sections={sections} />
              </nav>
            </details>
          )}
          {children}
        </main>
      </div>
    </div>
  );
}

function Contents({ sections }: { sections: ReferenceSection[] }) {
  return (
    <ul className="grid gap-4 text-sm">
      {sections.map(({ href, title, parts }) => (
        <li key={title}>
          {href ? (
            <Link href={href as Route} className="rounded-xs font-medium hover:underline">
              {title}
            </Link>
          ) : (
            <span className="font-medium">{title}</span>
          )}
          {parts && (
            <ul className="mt-1.5 grid gap-1.5">
              {parts.map((part) => (
                <li key={part.href}>
                  <Link
                    href={part.href as Route}
                    prefetch={false}
                    aria-current={part.current ? "page" : undefined}
                    className={classNames(
                      "block rounded-xs transition-colors [overflow-wrap:anywhere] hover:text-ink",
                      part.current ? "text-ink" : "text-soft",
                    )}
                  >
                    {part.title}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
