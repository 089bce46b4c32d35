"use client";

import type { RowSelectionState } from "@tanstack/react-table";
import { SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import type { FilterDefinition, TableColumn, TablePage, TableSelection } from "./table-definition";
import { TableGrid } from "./table-grid";
import { TableToolbar } from "./table-toolbar";
import { chosenOptions, cursorName, type Noun, pageSummary, readSort, searchName, sortName } from "./table-url";
import { useTableUrl } from "./use-table-url";
import { visibleColumns } from "./visible-columns";

export type DataTableProps<Row> = {
  /** What the rows are, for the table's name and messages: "API tokens". */
  label: string;
  /** One of them and several: "token" and "tokens". */
  noun: Noun;
  columns: TableColumn<Row>[];
  /** One page of rows, filtered and sorted by the server. */
  rows: Row[];
  page: TablePage;
  rowId: (row: Row) => string;
  /** The row in words, for its menu and box. */
  rowName: (row: Row) => string;
  rowHref?: (row: Row) => string;
  /** What the card of a row says below its name, where there is no room for columns (below 720 px). */
  card: (row: Row) => ReactNode;
  /** Menu items of the row (`DropdownMenuItem`); null when it has none. */
  rowMenu?: (row: Row) => ReactNode;
  /** The id of a row that stands out for a moment, such as one that was just made. */
  freshRow?: string | null;
  selection?: TableSelection<Row>;
  /** "created" or "-created", as the server sorts when the address says nothing. */
  defaultSort: string;
  filters?: FilterDefinition[];
  /** Shows a search box: "Search by name or id". */
  searchPlaceholder?: string;
  /** What of a typed or pasted text may be searched for, and so stand in the address. */
  searchText?: (typed: string) => string;
  /** Buttons at the right end of the toolbar, such as an export. */
  actions?: ReactNode;
  /** What stands here when there is nothing at all yet, usually an `EmptyState`. */
  empty: ReactNode;
};

/**
 * A table whose rows come from the server and whose state is the address: `q`, `sort`, `cursor`, `columns` and one
 * name per filter. Below 720 px the rows are cards.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, page, rowId, selection, defaultSort, filters = [], searchPlaceholder } = props;
  const url = useTableUrl();
  const [selected, setSelected] = useState<RowSelectionState>({});
  const params = new URLSearchParams(url.query);
  const wanted = readSort(params.get(sortName) ?? defaultSort);
  const sort = columns.some((column) => column.sort && column.id === wanted.column) ? wanted : readSort(defaultSort);
  const visible = visibleColumns(columns, url.query);
  const sought = params.get(searchName);
  const narrowed = filters.some((each) => chosenOptions(url.query, each).length > 0);
  const filtered = Boolean(sought) || narrowed;
  const noMatch = sought ? <SoughtInVain text={sought} /> : "Nothing matches";
  const selectedRows = rows.filter((row) => selected[rowId(row)]);
  const summary = pageSummary(page, rows.length, props.noun);

  const clearFilters = () =>
    url.go({ [searchName]: null, ...Object.fromEntries(filters.map((filter) => [filter.id, null])) });
  const clearSelection = () => setSelected({});

  if (rows.length === 0 && !filtered && !url.pending && !params.has(cursorName)) {
    return <div className="rounded-surface border border-line bg-panel">{props.empty}</div>;
  }
  return (
    <div className="min-w-0">
      <div className="flex min-h-8 pb-2.5">
        {selection && selectedRows.length > 0 ? (
          <div className="flex w-full flex-wrap items-center gap-2">
            <span role="status" className="mr-1 font-medium text-sm">
              {selectedRows.length} selected
            </span>
            {selection.actions(selectedRows, clearSelection)}
            <Button variant="ghost" size="sm" onClick={clearSelection}>
              Cancel
            </Button>
          </div>
        ) : (
          <TableToolbar
            columns={columns}
            visible={visible}
            filters={filters}
            searchPlaceholder={searchPlaceholder}
            searchText={props.searchText}
            sort={sort}
            url={url}
            clearable={filtered && rows.length > 0}
            onClear={clearFilters}
            actions={props.actions}
          />
        )}
      </div>
      <div className="relative">
        {url.pending && <Progress />}
        <div
          aria-busy={url.pending}
          className={classNames("transition-opacity", url.pending && "opacity-55 delay-100")}
        >
          {rows.length > 0 ? (
            <TableGrid {...props} visible={visible} sort={sort} url={url} selected={selected} onSelect={setSelected} />
          ) : (
            <div className="rounded-surface border border-line bg-panel">
              <EmptyState
                icon={SearchX}
                title={filtered ? noMatch : "Nothing on this page"}
                description={
                  !filtered
                    ? "What was here is gone. The first page is still there."
                    : narrowed
                      ? "No row has all of what you chose. Take a filter away, or look for something else."
                      : "Look for a shorter part of it, or for something else."
                }
                action={
                  filtered ? (
                    <Button size="sm" onClick={clearFilters}>
                      {narrowed ? "Clear search and filters" : "Clear search"}
                    </Button>
                  ) : (
                    <Button size="sm" onClick={() => url.go({ [cursorName]: null })}>
                      First page
                    </Button>
                  )
                }
              />
            </div>
          )}
        </div>
      </div>
      {rows.length > 0 && (
        <Pagination
          summary={summary}
          previousHref={page.previous === null ? null : url.href({ [cursorName]: page.previous })}
          nextHref={page.next === null ? null : url.href({ [cursorName]: page.next })}
          onNavigate={(href) => url.go({ [cursorName]: new URL(href, location.href).searchParams.get(cursorName) })}
        />
      )}
      <p role="status" className="sr-only">
        {url.pending ? `Loading ${label}…` : rows.length > 0 ? summary : noMatch}
      </p>
    </div>
  );
}

/** What was looked for, in its own direction, and cut where it is long. */
const SoughtInVain = ({ text }: { text: string }) => (
  <>
    Nothing matches “<bdi className="[overflow-wrap:anywhere]">{text.length > 60 ? `${text.slice(0, 60)}…` : text}</bdi>
    ”
  </>
);

/** A thin line at the upper edge while the next rows are on their way. */
function Progress() {
  return (
    <div
      aria-hidden="true"
      className="absolute inset-x-3 -top-px z-20 h-0.5 animate-fade-in overflow-hidden rounded-full [animation-delay:100ms] [animation-fill-mode:backwards]"
    >
      <div className="h-full w-2/5 animate-slide rounded-full bg-brass motion-reduce:w-full motion-reduce:animate-none" />
    </div>
  );
}
