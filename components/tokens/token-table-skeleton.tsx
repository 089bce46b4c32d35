import { TableSkeleton } from "@/components/data-table/table-skeleton";
import { tokenColumns } from "./token-columns";

/** The table before its rows: the same headers, and as many chips as the toolbar will have. */
export function TokenTableSkeleton({ sees, mirrors = false }: { sees: "all" | "own"; mirrors?: boolean }) {
  return (
    <TableSkeleton
      label="API tokens"
      columns={tokenColumns(sees)}
      chips={2 + (sees === "all" ? 1 : 0) + (mirrors ? 0 : 1)}
    />
  );
}
