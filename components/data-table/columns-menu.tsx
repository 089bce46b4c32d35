"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { columnHeaderId } from "./table-header";

type ColumnsMenuProps = {
  columns: { id: string; header: string }[];
  visible: Set<string>;
  /** The columns to show; null for the usual ones, as far as there is room. */
  onChange: (visible: string[] | null) => void;
  changed: boolean;
};

/** Ticks what is to be seen: a column that gave way to a narrow window is not, and comes back when it is chosen. */
export function ColumnsMenu({ columns, visible, onChange, changed }: ColumnsMenuProps) {
  const [crowdedOut, setCrowdedOut] = useState<Set<string>>(new Set());
  const seen = (id: string) => visible.has(id) && !crowdedOut.has(id);
  return (
    <DropdownMenu onOpenChange={(open) => open && setCrowdedOut(findCrowdedOut(columns))}>
      <DropdownMenuTrigger asChild>
        <Button size="sm" className="max-sm:hidden">
          Columns
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {columns.map((column) => (
          <DropdownMenuCheckboxItem
            key={column.id}
            checked={seen(column.id)}
            // Stays open: people change several at a time.
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(on) => {
              // Columns that somebody chose all stay.
              setCrowdedOut(new Set());
              onChange(columns.map((each) => each.id).filter((id) => (id === column.id ? on === true : seen(id))));
            }}
          >
            <span className="grid">
              {column.header}
              {crowdedOut.has(column.id) && <span className="text-soft text-xs">No room at this width</span>}
            </span>
          </DropdownMenuCheckboxItem>
        ))}
        {changed && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => onChange(null)}>Show the usual columns</DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Columns whose header is in the page and takes no place there. */
function findCrowdedOut(columns: ColumnsMenuProps["columns"]): Set<string> {
  const isHidden = (id: string) => document.getElementById(columnHeaderId(id))?.offsetParent === null;
  return new Set(columns.map(({ id }) => id).filter(isHidden));
}
