"use client";

import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

type ColumnsMenuProps = {
  columns: { id: string; header: string }[];
  visible: Set<string>;
  onChange: (visible: string[] | null) => void;
  changed: boolean;
};

export function ColumnsMenu({ columns, visible, onChange, changed }: ColumnsMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="sm" className="max-sm:hidden">
          Columns
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {columns.map((column) => (
          <DropdownMenuCheckboxItem
            key={column.id}
            checked={visible.has(column.id)}
            // Stays open: people change several at a time.
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={(on) =>
              onChange(
                columns.map((each) => each.id).filter((id) => (id === column.id ? on === true : visible.has(id))),
              )
            }
          >
            {column.header}
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
