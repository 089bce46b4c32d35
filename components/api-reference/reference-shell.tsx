import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "@/components/shell/mark";
import { SkipLink } from "@/components/shell/skip-link";

export interface ReferenceSection {
  id: string;
  title: string;
  parts?: { id: string; title: string; method?: string }[];
}

/** The reference between its contents on the left and its page: a document for developers, outside the console. */
export function ReferenceShell({ sections, children }: { sections: ReferenceSection[]; children: ReactNode }) {
  return (
    <div className="min-h-dvh">
      <SkipLink />
      <header className="sticky top-0 z-30 border-line border-b bg-bg">
        <div className="mx-auto flex h-bar max-w-[1280px] items-center gap-3 px-8 max-sm:px-4">
          <Link href={"/docs" as Route} className="flex items-center gap-2.5 rounded-sm font-semibold">
            <Mark />
            Latchkey
          </Link>
          <span className="border-line border-l pl-3 text-soft">API reference</span>
          <Link href={"/" as Route} className="ml-auto rounded-xs text-soft transition-colors hover:text-ink">
            Console
          </Link>
        </div>
      </header>
      <div className="mx-auto grid max-w-[1280px] grid-cols-[minmax(0,1fr)] gap-x-12 px-8 max-sm:px-4 md:grid-cols-[208px_minmax(0,1fr)]">
        <nav
          aria-label="Contents"
          className="sticky top-[var(--bar-height)] h-[calc(100dvh-var(--bar-height))] overflow-y-auto py-8 max-md:hidden"
        >
          <Contents sections={sections} />
        </nav>
        <main id="main" className="min-w-0 pt-8 pb-24 max-sm:pt-6">
          <details className="mb-8 rounded-surface border border-line bg-panel px-4 md:hidden">
            <summary className="py-2.5 font-medium">Contents</summary>
            <nav aria-label="Contents" className="border-line border-t py-4">
              <Contents sections={sections} />
            </nav>
          </details>
          {children}
        </main>
      </div>
    </div>
  );
}

function Contents({ sections }: { sections: ReferenceSection[] }) {
  return (
    <ul className="grid gap-4 text-sm">
      {sections.map((section) => (
        <li key={section.id}>
          <a href={`#${section.id}`} className="rounded-xs font-medium hover:underline">
            {section.title}
          </a>
          {section.parts && (
            <ul className="mt-1.5 grid gap-1.5">
              {section.parts.map((part) => (
                <li key={part.id}>
                  <a href={`#${part.id}`} className="block rounded-xs text-soft transition-colors hover:text-ink">
                    {part.title}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}
