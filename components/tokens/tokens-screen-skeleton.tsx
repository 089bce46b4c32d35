"use client";

import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { TokenTableSkeleton } from "./token-table-skeleton";
import { useTokenWords } from "./token-words-context";

/** The page of tokens before anything is known of it but what it is. */
export function TokensScreenSkeleton() {
  const words = useTokenWords();
  return (
    <>
      <PageHeader
        title={words.title}
        description={
          <>
            <Skeleton className="mt-1 h-4 w-[60ch] max-w-full" />
            <Skeleton className="mt-2 h-4 w-[34ch] max-w-full" />
          </>
        }
        actions={<Skeleton className="h-9 w-36 rounded-control! max-sm:h-10" />}
      />
      <div className="mt-5">
        <TokenTableSkeleton sees="all" />
      </div>
    </>
  );
}
