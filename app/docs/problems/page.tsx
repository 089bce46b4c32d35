import type { Metadata } from "next";
import { ProblemSearch } from "@/components/api-reference/problem-search";
import { Literal } from "@/components/api-reference/prose";
import { pagesByStatus } from "@/lib/http/problem-pages/problem-pages";

export const metadata: Metadata = { title: "Problems" };

type Props = { searchParams: Promise<{ q?: string | string[] }> };

export default async function ProblemsPage({ searchParams }: Props) {
  const { q } = await searchParams;
  return (
    <ProblemSearch groups={pagesByStatus()} asked={typeof q === "string" ? q.slice(0, 200) : ""}>
      <header className="pb-6">
        <h1 className="font-semibold text-2xl">Problems</h1>
        <p className="mt-2 max-w-[64ch] text-pretty text-base text-soft">
          Whatever this server refuses, it says why in a <Literal>code</Literal> that never changes its meaning, and{" "}
          <Literal>type</Literal> is the address of that code&rsquo;s page: what happened, why, and how to mend it.
        </p>
      </header>
    </ProblemSearch>
  );
}
