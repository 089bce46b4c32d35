"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { Spinner } from "@/components/ui/spinner";
import { searchName } from "./table-url";
import type { TableUrl } from "./use-table-url";

const pause = 250;

type SearchBoxProps = {
  url: TableUrl;
  placeholder: string;
  searchText?: (typed: string) => string;
  /** As wide as there is room. */
  wide?: boolean;
};

/**
 * Searches a moment after the last key, at once on Enter; Escape clears. What may not stand in the address gives way at
 * once where it was pasted, and only at the end where it is typed: a part that went too early would let the rest through.
 */
export function SearchBox({ url, placeholder, searchText = (typed) => typed, wide = false }: SearchBoxProps) {
  const sought = new URLSearchParams(url.query).get(searchName) ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(text: string, { settled }: { settled: boolean }) {
    clearTimeout(timer.current);
    const allowed = searchText(text);
    setTyped(settled || allowed === text ? null : text);
    // The first letter makes a step to come back from; the rest of the word does not.
    if (allowed !== sought) url.go({ [searchName]: allowed }, sought ? "replace" : "push");
  }

  function type(text: string) {
    clearTimeout(timer.current);
    setTyped(text);
    timer.current = setTimeout(() => search(text, { settled: false }), pause);
  }

  const value = typed ?? sought;
  return (
    <div className={classNames("relative min-w-0 flex-1", !wide && "sm:w-64 sm:flex-none")}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label={placeholder}
        placeholder={placeholder}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target, nativeEvent }) => {
          const byKey = nativeEvent instanceof InputEvent && !nativeEvent.inputType.startsWith("insertFrom");
          type(byKey ? target.value : searchText(target.value));
        }}
        // Whoever goes to a row at once is not overtaken on the way by the search.
        onBlur={() => typed !== null && search(typed, { settled: true })}
        onKeyDown={(event) => {
          if (event.key === "Enter") search(value, { settled: true });
          if (event.key === "Escape" && value) search("", { settled: true });
        }}
        className="h-8 w-full rounded-control border border-line bg-panel pr-8 pl-8 text-sm transition-colors hover:border-line-strong focus-visible:border-brass focus-visible:outline-offset-0 max-sm:h-10 max-sm:text-[1rem] placeholder:text-ellipsis [&::-webkit-search-cancel-button]:hidden"
      />
      {value && (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => search("", { settled: true })}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-soft hover:bg-hover hover:text-ink"
        >
          {url.pending && typed === null ? (
            <Spinner className="size-3.5" />
          ) : (
            <X aria-hidden="true" className="size-3.5" />
          )}
        </button>
      )}
    </div>
  );
}
