"use client";

import { Ellipsis } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "@/components/ui/dropdown-menu";
import type { TableColumn } from "./table-definition";

/** Stays at the left edge while the table scrolls sideways. */
export const pinnedLeft = "bg-inherit sm:group-data-scrolls/scroller:sticky sm:group-data-scrolls/scroller:z-10";

export const cellLook =
  "h-11 border-line border-b bg-inherit px-2.5 py-2 first:pl-4 last:pr-4 group-last/row:border-b-0 compact:h-9 compact:py-1 max-sm:h-auto max-sm:border-0 max-sm:p-0!";

/** The name of the row, its link, and a quieter line below. On a card it is the title. */
export function PrimaryCell(props: {
  href: string | undefined;
  detail: ReactNode;
  inset: boolean;
  className: string | undefined;
  children: ReactNode;
}) {
  const { href, detail, inset, className, children } = props;
  return (
    <th
      scope="row"
      className={classNames(
        cellLook,
        pinnedLeft,
        "w-1/4 min-w-44 max-w-0 text-left max-sm:w-auto font-medium max-sm:mb-2 max-sm:block max-sm:max-w-none max-sm:pr-10!",
        inset ? "left-10 max-sm:pl-7!" : "left-0",
        className,
      )}
    >
      {href ? (
        <Link
          href={href as Route}
          prefetch={false}
          className="block truncate rounded-xs underline-offset-3 group-hover/row:underline group-hover/row:decoration-line-strong max-sm:whitespace-normal max-sm:[overflow-wrap:anywhere]"
        >
          {children}
        </Link>
      ) : (
        <span className="block truncate max-sm:whitespace-normal max-sm:[overflow-wrap:anywhere]">{children}</span>
      )}
      {detail && <span className="block truncate font-normal text-faint text-xs compact:sm:hidden">{detail}</span>}
    </th>
  );
}

/** One fact of the row; on a card, its label and the fact on one line. */
export function ValueCell<Row>(props: { column: TableColumn<Row>; detail: ReactNode; children: ReactNode }) {
  const { column, detail, children } = props;
  return (
    <td
      className={classNames(
        cellLook,
        "whitespace-nowrap max-sm:flex max-sm:min-h-7 max-sm:items-center max-sm:justify-between max-sm:gap-4",
        column.align === "end" && "text-right",
        column.className,
      )}
    >
      <span aria-hidden="true" className="shrink-0 text-soft sm:hidden">
        {column.header}
      </span>
      <span className="block min-w-0 max-sm:truncate max-sm:text-right">
        {children}
        {detail && <span className="block truncate text-faint text-xs compact:sm:hidden">{detail}</span>}
      </span>
    </td>
  );
}

/** The `⋯` at the end of a row. */
export function MenuCell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <td
      className={classNames(
        cellLook,
        "w-10 py-0! pr-3! pl-0! text-right max-sm:absolute max-sm:top-2 max-sm:right-2 sm:group-data-scrolls/scroller:sticky sm:group-data-scrolls/scroller:right-0",
      )}
    >
      {children && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="icon-xs" aria-label={`Actions for ${name}`} className="max-sm:size-9">
              <Ellipsis aria-hidden="true" className="size-4" />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>{children}</DropdownMenuContent>
        </DropdownMenu>
      )}
    </td>
  );
}
