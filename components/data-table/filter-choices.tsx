"use client";

import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import type { FilterDefinition } from "./table-definition";
import { readList } from "./table-url";
import type { TableUrl } from "./use-table-url";

const searchFrom = 9;

/** The options of one filter. A choice applies at once; the first makes a step in the history, the next ones replace it. */
export function FilterChoices({ filter, url }: { filter: FilterDefinition; url: TableUrl }) {
  const id = useId();
  const stepped = useRef(false);
  const [sought, setSought] = useState("");
  const chosen = new Set(readList(url.query, filter.id));
  const words = sought.trim().toLocaleLowerCase();
  const shown = filter.options.filter((option) => option.label.toLocaleLowerCase().includes(words));

  function choose(value: string, on: boolean) {
    const known = filter.options.map((option) => option.value);
    const next = filter.single
      ? known.filter((each) => on && each === value)
      : known.filter((each) => (each === value ? on : chosen.has(each)));
    url.go({ [filter.id]: next }, stepped.current ? "replace" : "push");
    stepped.current = true;
  }

  return (
    <fieldset className="grid min-w-0 gap-1" onKeyDown={moveWithArrows}>
      <legend className="sr-only">{filter.label}</legend>
      {filter.options.length >= searchFrom && (
        <input
          type="search"
          aria-label={`Find in ${filter.label}`}
          placeholder="Find…"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          className="mb-1 h-8 rounded-sm border border-line bg-bg px-2.5 text-sm focus-visible:outline-offset-0 max-sm:mx-2 max-sm:h-10 max-sm:text-[1rem]"
        />
      )}
      <div className="max-h-72 overflow-y-auto max-sm:max-h-none">
        {shown.map((option, index) => (
          <label
            key={option.value}
            htmlFor={`${id}-${index}`}
            className="flex min-h-8 items-center gap-2.5 rounded-sm px-2 text-sm hover:bg-hover has-focus-visible:bg-hover max-sm:min-h-11"
          >
            <Checkbox
              id={`${id}-${index}`}
              checked={chosen.has(option.value)}
              onCheckedChange={(on) => choose(option.value, on === true)}
              className={filter.single ? "rounded-full!" : undefined}
            />
            {option.mark}
            <span className="min-w-0 flex-1 truncate">{option.label}</span>
            {option.count !== undefined && (
              <span className="pl-3 text-faint text-xs">{option.count.toLocaleString("en")}</span>
            )}
          </label>
        ))}
        {shown.length === 0 && <p className="px-2 py-3 text-sm text-soft">Nothing found.</p>}
      </div>
    </fieldset>
  );
}

/** Up and down go through the boxes, beside Tab. */
function moveWithArrows(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input[type=search], button[role=checkbox]")];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[here + (event.key === "ArrowDown" ? 1 : -1)];
  event.preventDefault();
  next?.focus();
}
