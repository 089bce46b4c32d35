"use client";

import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowSelectionState,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type Dispatch, type MouseEvent, type SetStateAction, useEffect, useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { classNames } from "@/components/ui/class-names";
import type { DataTableProps } from "./data-table";
import { CardCell, cellLook, MenuCell, PrimaryCell, pinnedLeft, ValueCell } from "./table-cells";
import { roomClasses, type TableColumn } from "./table-definition";
import { TableHeader } from "./table-header";
import { columnsName, type Sort } from "./table-url";
import type { TableUrl } from "./use-table-url";

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

type TableGridProps<Row> = DataTableProps<Row> & {
  visible: Set<string>;
  sort: Sort;
  url: TableUrl;
  selected: RowSelectionState;
  onSelect: Dispatch<SetStateAction<RowSelectionState>>;
};

/**
 * The rows: a table from 720 px on, and cards below, with the same name, link and menu. Only the table has headers, so
 * that on a card nothing takes the focus that cannot be seen; there the filter sheet sorts.
 */
export function TableGrid<Row>(props: TableGridProps<Row>) {
  const { columns, rows, rowId, rowName, rowHref, rowMenu, selection, visible, sort, url, selected, onSelect } = props;
  const router = useRouter();
  const scroller = useFitMark();
  // Columns that somebody chose all stay, and the table scrolls where they are too many.
  const chosen = new URLSearchParams(url.query).has(columnsName);
  const room = (column: TableColumn<Row>) => (chosen || !column.room ? undefined : roomClasses[column.room]);
  const byId = new Map(columns.map((column) => [column.id, column]));
  const helper = createColumnHelper<typeof features, object>();
  const definitions = helper.columns(
    columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original as Row) })),
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows as object[],
    getRowId: (row) => rowId(row as Row),
    enableRowSelection: (row) => selection !== undefined && (selection.canSelect?.(row.original as Row) ?? true),
    state: {
      columnVisibility: Object.fromEntries(columns.map(({ id }) => [id, visible.has(id)])),
      rowSelection: selected,
    },
    onRowSelectionChange: onSelect,
  });

  function open(event: MouseEvent<HTMLElement>, row: Row) {
    const target = event.target as HTMLElement;
    // A click in a menu or dialog that a cell opened arrives here too, though it is elsewhere in the page.
    const own = event.currentTarget.contains(target) && !target.closest("a, button, input, label, [role=menuitem]");
    if (!rowHref || !own || event.defaultPrevented || window.getSelection()?.toString()) return;
    if (event.metaKey || event.ctrlKey) window.open(rowHref(row), "_blank", "noopener");
    else router.push(rowHref(row) as Route);
  }

  return (
    <div
      ref={scroller}
      data-scrolls=""
      className="group/scroller @container/table relative rounded-surface border border-line bg-panel max-sm:border-0 max-sm:bg-transparent sm:overflow-x-auto data-fits:overflow-clip"
    >
      <table
        aria-label={props.label}
        className={classNames(
          "w-full border-separate border-spacing-0 text-sm max-sm:block",
          !chosen && "sm:table-fixed",
        )}
      >
        <thead className="max-sm:hidden">
          <tr>
            {selection && (
              <TableHeader pinned>
                <Checkbox
                  aria-label="Select all rows on this page"
                  checked={table.getIsAllRowsSelected() || (table.getIsSomeRowsSelected() && "indeterminate")}
                  onCheckedChange={(on) => table.toggleAllRowsSelected(on === true)}
                />
              </TableHeader>
            )}
            {table.getVisibleLeafColumns().map(({ id }) => (
              <TableHeader
                key={id}
                column={byId.get(id) as TableColumn<Row>}
                sort={sort}
                url={url}
                inset={!!selection}
                room={room(byId.get(id) as TableColumn<Row>)}
              />
            ))}
            {rowMenu && (
              <TableHeader>
                <span className="sr-only">Actions</span>
              </TableHeader>
            )}
          </tr>
        </thead>
        <tbody className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)] max-sm:gap-2">
          {table.getRowModel().rows.map((row) => {
            const original = row.original as Row;
            const menu = rowMenu?.(original);
            return (
              // The link in the row does the same for the keyboard; the whole row is a convenience for the pointer.
              <tr
                key={row.id}
                data-selected={row.getIsSelected() ? "" : undefined}
                data-fresh={props.freshRow === row.id ? "" : undefined}
                onClick={(event) => open(event, original)}
                className="group/row bg-panel transition-colors hover:bg-hover data-link:cursor-pointer data-fresh:animate-fresh data-selected:bg-hover max-sm:relative max-sm:block max-sm:rounded-surface max-sm:border max-sm:border-line max-sm:px-4 max-sm:py-3"
                data-link={rowHref ? "" : undefined}
              >
                {selection && (
                  <td
                    className={classNames(
                      cellLook,
                      pinnedLeft,
                      "left-0 w-10 pr-0! max-sm:absolute max-sm:top-3.5 max-sm:left-4 max-sm:w-auto max-sm:bg-transparent",
                    )}
                  >
                    {row.getCanSelect() && (
                      <Checkbox
                        aria-label={`Select ${rowName(original)}`}
                        checked={row.getIsSelected()}
                        onCheckedChange={(on) => row.toggleSelected(on === true)}
                      />
                    )}
                  </td>
                )}
                {row.getVisibleCells().map((cell) => {
                  const column = byId.get(cell.column.id) as TableColumn<Row>;
                  return column.primary ? (
                    <PrimaryCell
                      key={cell.id}
                      href={rowHref?.(original)}
                      detail={column.detail?.(original)}
                      inset={!!selection}
                    >
                      <table.FlexRender cell={cell} />
                    </PrimaryCell>
                  ) : (
                    <ValueCell key={cell.id} column={column} room={room(column)} detail={column.detail?.(original)}>
                      <table.FlexRender cell={cell} />
                    </ValueCell>
                  );
                })}
                <CardCell>{props.card(original)}</CardCell>
                {rowMenu && <MenuCell name={rowName(original)}>{menu}</MenuCell>}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/**
 * Marks the box while the table fits in it. Only then can the header stick to the page; a box that scrolls sideways
 * pins the name and the menu instead.
 */
function useFitMark() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const outer = box.current;
    const inner = outer?.firstElementChild as HTMLElement | null | undefined;
    if (!outer || !inner) return;
    const watcher = new ResizeObserver(() => {
      const fits = inner.offsetWidth <= outer.clientWidth;
      outer.toggleAttribute("data-fits", fits);
      outer.toggleAttribute("data-scrolls", !fits);
    });
    watcher.observe(outer);
    watcher.observe(inner);
    return () => watcher.disconnect();
  }, []);
  return box;
}
