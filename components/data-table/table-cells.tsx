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
  children: ReactNode;
}) {
  const { href, detail, inset, children } = props;
  return (
    <th
      scope="row"
      className={classNames(
        cellLook,
        pinnedLeft,
        "w-1/4 min-w-44 max-w-0 text-left font-medium max-sm:block max-sm:w-auto max-sm:max-w-none max-sm:bg-transparent max-sm:pr-8! max-sm:text-base",
        inset ? "left-10 max-sm:pl-7!" : "left-0",
      )}
    >
      {href ? (
        <Link
          href={href as Route}
          prefetch={false}
          className="block truncate rounded-xs underline-offset-3 group-hover/row:underline group-hover/row:decoration-line-strong"
        >
          {children}
        </Link>
      ) : (
        <span className="block truncate">{children}</span>
      )}
      {detail && (
        <span className="block truncate font-normal text-faint text-xs max-sm:text-soft compact:sm:hidden">
          {detail}
        </span>
      )}
    </th>
  );
}

/** One fact of the row; a card tells it in its own words. */
export function ValueCell<Row>(props: {
  column: TableColumn<Row>;
  room: string | undefined;
  detail: ReactNode;
  children: ReactNode;
}) {
  const { column, room, detail, children } = props;
  return (
    <td
      className={classNames(cellLook, "whitespace-nowrap max-sm:hidden", column.align === "end" && "text-right", room)}
    >
      {children}
      {detail && <span className="block truncate text-faint text-xs compact:hidden">{detail}</span>}
    </td>
  );
}

/** The lines of a card below its name. */
export function CardCell({ children }: { children: ReactNode }) {
  return <td className="block pt-1 sm:hidden">{children}</td>;
}

/** The `⋯` at the end of a row, in the upper corner of a card. */
export function MenuCell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <td
      className={classNames(
        cellLook,
        "py-0! pr-3! pl-0! text-right max-sm:absolute max-sm:top-0 max-sm:right-0 max-sm:w-auto max-sm:bg-transparent max-sm:pr-0! sm:group-data-scrolls/scroller:sticky sm:group-data-scrolls/scroller:right-0",
      )}
    >
      {children && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label={`Actions for ${name}`}
              className="max-sm:size-11 max-sm:rounded-surface"
            >
              <Ellipsis aria-hidden="true" className="size-4" />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>{children}</DropdownMenuContent>
        </DropdownMenu>
      )}
    </td>
  );
}
