import type { Page, Pages } from "../typescript/latchkey";
import type { CommandCall } from "./command";
import type { Cell } from "./printer";
import type { Head } from "./table";
import { readCount } from "./words";

interface Shown<T> {
  heads: readonly Head[];
  row: (item: T) => readonly Cell[];
  none: string;
}

const USUAL = 50;
/** What one page holds at most. */
const PAGE = 100;
const MOST = 100_000;

/** As many of a list as were asked for, as a table or as a JSON array. Says where there are more. */
export async function printList<T>(
  call: CommandCall,
  list: (limit: number) => Pages<T>,
  { heads, row, none }: Shown<T>,
): Promise<void> {
  const limit = call.text("limit");
  const most = call.has("all") ? Number.POSITIVE_INFINITY : limit ? readCount(limit, "limit", 1, MOST) : USUAL;
  const { items, more } = await taken(list(Math.min(most, PAGE)), most);
  if (call.print.isJson) call.print.json(items);
  else call.print.table(heads, items.map(row), none);
  if (more) call.print.note(`There are more: --all, or --limit.`);
}

async function taken<T>(pages: Pages<T>, most: number): Promise<{ items: T[]; more: boolean }> {
  const items: T[] = [];
  const first: Page<T> = await pages;
  if (first.data.length >= most) return { items: first.data.slice(0, most), more: first.next_cursor !== null };
  for await (const item of pages) {
    if (items.length === most) return { items, more: true };
    items.push(item);
  }
  return { items, more: false };
}
