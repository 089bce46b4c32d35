"use client";

import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ColumnsMenu } from "./columns-menu";
import { DensityToggle } from "./density-toggle";
import { FilterChip } from "./filter-chip";
import { FilterSheet } from "./filter-sheet";
import { SearchBox } from "./search-box";
import type { FilterDefinition, TableColumn } from "./table-definition";
import { columnsName, type Sort } from "./table-url";
import type { TableUrl } from "./use-table-url";
import { hideableColumns } from "./visible-columns";

type TableToolbarProps<Row> = {
  columns: TableColumn<Row>[];
  visible: Set<string>;
  filters: FilterDefinition[];
  searchPlaceholder: string | undefined;
  searchText: ((typed: string) => string) | undefined;
  sort: Sort;
  url: TableUrl;
  /** False also where the table itself offers it, because nothing matches. */
  clearable: boolean;
  onClear: () => void;
  actions: ReactNode;
};

export function TableToolbar<Row>(props: TableToolbarProps<Row>) {
  const { columns, visible, filters, searchPlaceholder, searchText, sort, url, clearable, onClear, actions } = props;
  const sortable = columns.filter((column) => column.sort);
  return (
    <div className="flex w-full flex-wrap items-center gap-2">
      {searchPlaceholder && <SearchBox url={url} placeholder={searchPlaceholder} searchText={searchText} />}
      {(filters.length > 0 || sortable.length > 0) && (
        <FilterSheet filters={filters} sortable={sortable} sort={sort} url={url} onClear={onClear} />
      )}
      <div className="contents max-sm:hidden">
        {filters.map((filter) => (
          <FilterChip key={filter.id} filter={filter} url={url} />
        ))}
        {clearable && (
          <Button variant="ghost" size="sm" onClick={onClear} className="px-2!">
            Clear
          </Button>
        )}
      </div>
      <div className="ml-auto flex gap-2 max-sm:contents">
        <DensityToggle />
        <ColumnsMenu
          columns={hideableColumns(columns)}
          visible={visible}
          changed={new URLSearchParams(url.query).has(columnsName)}
          onChange={(shown) => url.note({ [columnsName]: shown && (shown.join(",") || "none") })}
        />
        {actions}
      </div>
    </div>
  );
}
