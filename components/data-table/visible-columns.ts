import type { TableColumn } from "./table-definition";
import { columnsName, readList } from "./table-url";

type Described = Pick<TableColumn<never>, "id" | "header" | "primary" | "hideable" | "hiddenByDefault">;

/** Columns that the columns menu offers. */
export function hideableColumns<C extends Described>(columns: C[]): C[] {
  return columns.filter((column) => !column.primary && column.hideable !== false);
}

/** Ids of the columns to show: those named in the address, or the usual ones; the primary column always. */
export function visibleColumns(columns: Described[], query: string): Set<string> {
  const named = readList(query, columnsName);
  const offered = new Set(hideableColumns(columns).map((column) => column.id));
  return new Set(
    columns
      .filter(
        ({ id, hiddenByDefault }) => !offered.has(id) || (named.length > 0 ? named.includes(id) : !hiddenByDefault),
      )
      .map((column) => column.id),
  );
}
