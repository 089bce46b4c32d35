import { cut, widthOf } from "./text-width";

/**
 * A column: what it holds may be cut where the terminal is narrow, unless it is whole, such as an id, which is worth nothing
 * in parts. One to spare is cut likewise, and left out where there is no room, the last of them first.
 */
export type Head = string | { name: string; as: "whole" | "spare" };

/** A text of a table as it is laid out; `short` says the same in less. */
export interface Laid {
  text: string;
  short?: string;
}

export const GAP = 2;
/** Narrower than this, a name tells nobody anything. */
const LEAST = 8;

interface Column {
  at: number;
  as: "whole" | "spare" | "cut";
  width: number;
}

export const nameOf = (head: Head) => (typeof head === "string" ? head : head.name);

/** Which columns are shown, how wide, and whether in short; all of them as they are where there is no end of room. */
export function fitted(
  heads: readonly Head[],
  rows: readonly (readonly Laid[])[],
  room: number,
): { columns: Column[]; short: boolean; left: string[] } {
  const all = heads.map((head, at) => ({ at, as: typeof head === "string" ? ("cut" as const) : head.as }));
  const measured = (columns: typeof all, short: boolean): Column[] =>
    columns.map(({ at, as }) => ({ at, as, width: Math.max(...rows.map((row) => widthOf(shown(row[at], short)))) }));
  const asTheyAre = measured(all, false);
  if (takenBy(asTheyAre) <= room) return { columns: asTheyAre, short: false, left: [] };
  let kept = all;
  for (;;) {
    const columns = narrowed(measured(kept, true), room);
    const spare = kept.findLast(({ as }) => as === "spare");
    if (takenBy(columns) <= room || !spare) {
      const left = all.filter((column) => !kept.includes(column)).map(({ at }) => nameOf(heads[at] ?? ""));
      return { columns, short: true, left };
    }
    kept = kept.filter((column) => column !== spare);
  }
}

/** Takes from the widest of those that may be cut until all fit, or nothing more can be taken. */
function narrowed(columns: Column[], room: number): Column[] {
  for (;;) {
    const widest = columns
      .filter(({ as, width }) => as !== "whole" && width > LEAST)
      .reduce<Column | null>((most, column) => (most && most.width >= column.width ? most : column), null);
    if (!widest || takenBy(columns) <= room) return columns;
    widest.width -= 1;
  }
}

const takenBy = (columns: readonly Column[]) =>
  columns.reduce((sum, { width }) => sum + width, 0) + GAP * (columns.length - 1);

export const shown = (cell: Laid | undefined, short: boolean) => (short && cell?.short) || (cell?.text ?? "");

/** A cell in its place: cut where it must be, with the space after it. */
export function placed(text: string, { as, width }: Column): { text: string; space: string } {
  const fits = as === "whole" ? text : cut(text, width);
  return { text: fits, space: " ".repeat(Math.max(0, width - widthOf(fits)) + GAP) };
}
