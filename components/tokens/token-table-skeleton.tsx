"use client";

import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { tokenColumns } from "./token-columns";
import { useTokenWords } from "./token-words-context";

/** The table before its rows: the same headers, and as many chips as the toolbar will have. */
export function TokenTableSkeleton({ sees, mirrors = false }: { sees: "all" | "own"; mirrors?: boolean }) {
  const words = useTokenWords();
  return (
    <TableSkeleton
      label={words.many}
      columns={tokenColumns(sees, words).filter(({ hiddenByDefault }) => !hiddenByDefault)}
      chips={2 + (sees === "all" ? 1 : 0) + (mirrors ? 0 : 1)}
    />
  );
}
