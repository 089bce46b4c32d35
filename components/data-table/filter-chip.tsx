"use client";

import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { FilterChoices } from "./filter-choices";
import type { FilterDefinition } from "./table-definition";
import { chosenOptions } from "./table-url";
import type { TableUrl } from "./use-table-url";

/** A filter with its chosen values; dashed while nothing is chosen. */
export function FilterChip({ filter, url }: { filter: FilterDefinition; url: TableUrl }) {
  const chosen = chosenOptions(url.query, filter);
  const words = chosen.length > 3 ? `${chosen.length} chosen` : chosen.map((option) => option.label).join(", ");
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button
          size="sm"
          className={classNames(
            "min-w-0 shrink! max-sm:h-10",
            chosen.length === 0 && "border-dashed font-normal! text-soft!",
          )}
        >
          {filter.label}
          {words && (
            <>
              <span className="sr-only">:</span>
              <span className="ml-0.5 max-w-60 truncate border-line border-l pl-2">{words}</span>
            </>
          )}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={filter.label} className="w-64 p-1.5">
        <FilterChoices filter={filter} url={url} />
        {chosen.length > 0 && (
          <div className="-mx-1.5 mt-1.5 border-line border-t px-1.5 pt-1.5">
            <Button variant="ghost" size="xs" className="w-full" onClick={() => url.go({ [filter.id]: null })}>
              Clear
            </Button>
          </div>
        )}
      </PopoverContent>
    </Popover>
  );
}
