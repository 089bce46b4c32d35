import type { FilterDefinition, TablePage } from "./table-definition";

/** Names in the address that every table uses; filters add their own. */
export const searchName = "q";
export const sortName = "sort";
export const cursorName = "cursor";
export const columnsName = "columns";

export type Changes = Record<string, string | string[] | null>;

/**
 * The query string with some names changed. A list is joined by commas, nothing (null, "", []) takes the name out.
 * Whatever changes what is shown goes back to the first page.
 */
export function withChanges(query: string, changes: Changes): string {
  const params = new URLSearchParams(query);
  if (!(cursorName in changes) && !(columnsName in changes)) params.delete(cursorName);
  for (const [name, value] of Object.entries(changes)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text) params.set(name, text);
    else params.delete(name);
  }
  // A comma needs no escape in a query, and an address is also read by people.
  return params.toString().replaceAll("%2C", ",");
}

/** The values of a list in the address, repeated or with commas, each once. */
export function readList(query: string, name: string): string[] {
  const values = new URLSearchParams(query).getAll(name).flatMap((text) => text.split(","));
  return [...new Set(values.filter(Boolean))];
}

/** The chosen options of a filter, in the filter's own order; unknown values are left out. */
export function chosenOptions(query: string, filter: FilterDefinition) {
  const values = new Set(readList(query, filter.id));
  return filter.options.filter((option) => values.has(option.value));
}

export type Sort = { column: string; descending: boolean };

/** Reads "created" or "-created". */
export function readSort(text: string): Sort {
  return text.startsWith("-") ? { column: text.slice(1), descending: true } : { column: text, descending: false };
}

export function writeSort(sort: Sort): string {
  return `${sort.descending ? "-" : ""}${sort.column}`;
}

export type Noun = { one: string; many: string };

/** "Showing 1–50 of 380", "Showing 50 of about 1.2 M"; where all are on one page, "12 tokens". */
export function pageSummary(page: TablePage, shown: number, noun: Noun): string {
  if (page.previous === null && page.next === null) {
    return `${shown.toLocaleString("en")} ${shown === 1 ? noun.one : noun.many}`;
  }
  const total = totalText(page.total, page.totalIsExact ?? true);
  if (page.from !== undefined && page.to !== undefined) {
    return `Showing ${page.from.toLocaleString("en")}–${page.to.toLocaleString("en")} of ${total}`;
  }
  return `Showing ${shown.toLocaleString("en")} of ${total}`;
}

/** "380", or honestly rounded "about 1.2 M". */
export function totalText(total: number, exact: boolean): string {
  if (exact) return total.toLocaleString("en");
  const [size, unit] = total >= 1e6 ? [total / 1e6, " M"] : total >= 1e3 ? [total / 1e3, " k"] : [total, ""];
  return `about ${size >= 10 || unit === "" ? Math.round(size) : Math.round(size * 10) / 10}${unit}`;
}
