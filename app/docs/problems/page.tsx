import type { Metadata } from "next";
import { ProblemSearch } from "@/components/api-reference/problem-search";
import { Literal } from "@/components/api-reference/prose";
import { ReferenceShell } from "@/components/api-reference/reference-shell";
import { pagesByStatus } from "@/lib/http/problem-pages/problem-pages";

export const metadata: Metadata = { title: "Problems" };

export default function ProblemsPage() {
  const groups = pagesByStatus();
  const sections = groups.map(({ status, reason }) => ({ href: `#status-${status}`, title: `${status} ${reason}` }));
  return (
    <ReferenceShell place="problems" sections={sections}>
      <header className="pb-6">
        <h1 className="font-semibold text-2xl">Problems</h1>
        <p className="mt-2 max-w-[64ch] text-pretty text-base text-soft">
          Whatever this server refuses, it says why in a <Literal>code</Literal> that never changes its meaning, and{" "}
          <Literal>type</Literal> is the address of that code&rsquo;s page: what happened, why, and how to mend it.
        </p>
      </header>
      <ProblemSearch groups={groups} />
    </ReferenceShell>
  );
}
