"use client";

import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Input } from "@/components/ui/input";

export interface ListedProblem {
  code: string;
  sentence: string;
}

export interface ProblemGroup {
  status: number;
  reason: string;
  problems: ListedProblem[];
}

/** Every problem by its status, narrowed down while one types. */
export function ProblemSearch({ groups }: { groups: ProblemGroup[] }) {
  const [typed, setTyped] = useState("");
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
  return (
    <>
      <Input
        type="search"
        aria-label="Search problems"
        placeholder="A code, a status or a word of the answer"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        className="max-w-[420px]"
      />
      <p role="status" className="mt-2 mb-8 text-soft text-sm">
        {count === 0 ? "No problem has these words." : `${count} ${count === 1 ? "problem" : "problems"}`}
      </p>
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
    </>
  );
}
