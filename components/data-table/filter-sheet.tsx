"use client";

import { ListFilter } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { FilterChoices } from "./filter-choices";
import type { FilterDefinition } from "./table-definition";
import { chosenOptions, type Sort, sortName, writeSort } from "./table-url";
import type { TableUrl } from "./use-table-url";

type FilterSheetProps = {
  filters: FilterDefinition[];
  sortable: { id: string; header: string }[];
  sort: Sort;
  url: TableUrl;
  onClear: () => void;
};

/** All filters and the order behind one button, for narrow screens. */
export function FilterSheet({ filters, sortable, sort, url, onClear }: FilterSheetProps) {
  const count = filters.filter((filter) => chosenOptions(url.query, filter).length > 0).length;
  return (
    <Dialog>
      <DialogTrigger asChild>
        <Button className="sm:hidden">
          <ListFilter aria-hidden="true" className="size-4" />
          Filters
          {count > 0 && (
            <span className="grid h-5 min-w-5 place-items-center rounded-full bg-primary px-1.5 text-on-primary text-xs">
              {count}
              <span className="sr-only"> in use</span>
            </span>
          )}
        </Button>
      </DialogTrigger>
      <DialogContent title="Filters">
        <DialogBody className="gap-5">
          {sortable.length > 0 && (
            <div className="grid gap-1.5">
              <p className="font-medium text-sm" aria-hidden="true">
                Order
              </p>
              <Select
                aria-label="Order"
                value={writeSort(sort)}
                onValueChange={(value) => url.go({ [sortName]: value }, "replace")}
                options={sortable.flatMap(({ id, header }) => [
                  { value: id, label: `${header}, ascending` },
                  { value: `-${id}`, label: `${header}, descending` },
                ])}
              />
            </div>
          )}
          {filters.map((filter) => (
            <div key={filter.id} className="grid gap-1">
              <p className="font-medium text-sm" aria-hidden="true">
                {filter.label}
              </p>
              <div className="-mx-2">
                <FilterChoices filter={filter} url={url} />
              </div>
            </div>
          ))}
        </DialogBody>
        <DialogFooter>
          <Button disabled={count === 0} onClick={onClear}>
            Clear
          </Button>
          <DialogClose asChild>
            <Button variant="primary" loading={url.pending}>
              Done
            </Button>
          </DialogClose>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
