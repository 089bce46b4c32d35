"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "@/components/ui/class-names";
import { pinnedLeft } from "./table-cells";
import type { TableColumn } from "./table-definition";
import { type Sort, sortName, writeSort } from "./table-url";
import type { TableUrl } from "./use-table-url";

type TableHeaderProps<Row> = {
  column?: TableColumn<Row>;
  sort?: Sort;
  url?: TableUrl;
  /** A column of boxes stands before it. */
  inset?: boolean;
  /** The class that takes the column out where there is no room for it. */
  room?: string;
  pinned?: boolean;
  children?: ReactNode;
};

/** By which the columns menu finds a header. A page has one table of this kind. */
export const columnHeaderId = (column: string) => `column-${column}`;

/** A header cell; one that sorts is a link, so that it opens in a new tab too. */
export function TableHeader<Row>({ column, sort, url, inset, room, pinned, children }: TableHeaderProps<Row>) {
  const current = column && sort?.column === column.id ? sort : undefined;
  return (
    <th
      id={column && columnHeaderId(column.id)}
      scope="col"
      aria-sort={column?.sort && (current ? (current.descending ? "descending" : "ascending") : "none")}
      className={classNames(
        "z-10 h-10 border-line border-b bg-panel px-2.5 text-left font-medium text-soft text-xs whitespace-nowrap first:rounded-tl-[11px] first:pl-4 last:rounded-tr-[11px] last:pr-4 compact:h-9",
        "group-data-fits/scroller:sticky group-data-fits/scroller:top-(--bar-height) group-data-fits/scroller:z-20",
        column?.align === "end" && "text-right",
        (column?.primary || pinned) && pinnedLeft,
        column?.primary && (inset ? "left-10" : "left-0"),
        pinned && "left-0",
        column ? column.width : pinned ? "w-10" : "w-12",
        room,
      )}
    >
      {column?.sort && url ? <SortLink column={column} current={current} url={url} /> : (column?.header ?? children)}
    </th>
  );
}

function SortLink<Row>({ column, current, url }: { column: TableColumn<Row>; current?: Sort; url: TableUrl }) {
  const descending = current ? !current.descending : column.sort === "descending";
  const change = { [sortName]: writeSort({ column: column.id, descending }) };
  const Arrow = current?.descending ? ArrowDown : ArrowUp;
  return (
    <Link
      href={url.href(change) as Route}
      prefetch={false}
      scroll={false}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        url.go(change);
      }}
      className={classNames(
        "group/sort -mx-1 inline-flex items-center gap-1 rounded-xs px-1 py-0.5 hover:text-ink",
        current && "text-ink",
      )}
    >
      {column.header}
      <Arrow
        aria-hidden="true"
        className={classNames(
          "size-3",
          !current && "opacity-0 group-hover/sort:opacity-50 group-focus-visible/sort:opacity-50",
        )}
      />
    </Link>
  );
}
