"use client";

import { SearchX, X } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { ReferenceShell } from "./reference-shell";

export interface ListedProblem {
  code: string;
  sentence: string;
}

export interface ProblemGroup {
  status: number;
  reason: string;
  problems: ListedProblem[];
}

type ProblemSearchProps = {
  groups: ProblemGroup[];
  /** What the address says that was searched for. */
  asked: string;
  children: ReactNode;
};

/** Every problem by its status below `children`, narrowed down while one types, and the contents with it. */
export function ProblemSearch({ groups, asked, children }: ProblemSearchProps) {
  const [typed, setTyped] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = groups
    .map((group) => ({
      ...group,
      problems: group.problems.filter(({ code, sentence }) => {
        const text = `${group.status} ${code} ${code.replaceAll("_", " ")} ${sentence}`.toLowerCase();
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter(({ problems }) => problems.length > 0);
  const count = shown.reduce((sum, { problems }) => sum + problems.length, 0);

  function search(text: string) {
    setTyped(text);
    const query = text.trim() === "" ? "" : `?${new URLSearchParams({ q: text })}`;
    window.history.replaceState(null, "", `${window.location.pathname}${query}`);
  }

  function clear() {
    search("");
    field.current?.focus();
  }

  return (
    <ReferenceShell
      place="problems"
      sections={shown.map(({ status, reason }) => ({ href: `#status-${status}`, title: `${status} ${reason}` }))}
    >
      {children}
      <div className="relative max-w-[420px]">
        <Input
          ref={field}
          type="search"
          aria-label="Search problems"
          placeholder="A code, a status or a word of the answer"
          value={typed}
          onChange={({ target }) => search(target.value)}
          onKeyDown={({ key }) => key === "Escape" && clear()}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          className="pr-9 [&::-webkit-search-cancel-button]:hidden"
        />
        {typed && (
          <button
            type="button"
            aria-label="Clear search"
            onClick={clear}
            className="absolute top-1/2 right-1.5 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-soft hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        )}
      </div>
      <p role="status" className={classNames("mt-2 mb-8 text-soft text-sm", count === 0 && "sr-only")}>
        {count === 0 ? "Nothing matches" : `${count} ${count === 1 ? "problem" : "problems"}`}
      </p>
      {count === 0 && (
        <EmptyState
          icon={SearchX}
          title="Nothing matches"
          description="No problem has all of these words in its code, its status or its answer."
          action={
            <Button size="sm" onClick={clear}>
              Clear search
            </Button>
          }
          className="mt-6 rounded-surface border border-line bg-panel"
        />
      )}
      {shown.map(({ status, reason, problems }) => (
        <section key={status} aria-labelledby={`status-${status}`} className="mb-10">
          <h2 id={`status-${status}`} className="mb-3 font-semibold text-lg">
            <span className="font-mono text-base">{status}</span> {reason}
          </h2>
          <ul className="border-line border-t">
            {problems.map(({ code, sentence }) => (
              <li key={code} className="border-line border-b">
                <Link
                  href={`/docs/problems/${code}` as Route}
                  prefetch={false}
                  className="group grid gap-x-6 gap-y-0.5 py-2.5 text-sm sm:grid-cols-[260px_minmax(0,1fr)]"
                >
                  <code className="font-mono text-xs leading-[1.125rem] underline decoration-line-strong underline-offset-3 group-hover:decoration-ink">
                    {code}
                  </code>
                  <span className="text-pretty text-soft">{sentence}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </ReferenceShell>
  );
}
