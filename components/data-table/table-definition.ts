import type { ReactNode } from "react";

/** Whole class names, so that the style sheet knows them. */
export const roomClasses = {
  630: "@max-[630px]/table:hidden",
  640: "@max-[640px]/table:hidden",
  680: "@max-[680px]/table:hidden",
  700: "@max-[700px]/table:hidden",
  740: "@max-[740px]/table:hidden",
  780: "@max-[780px]/table:hidden",
  790: "@max-[790px]/table:hidden",
  830: "@max-[830px]/table:hidden",
  840: "@max-[840px]/table:hidden",
  880: "@max-[880px]/table:hidden",
  890: "@max-[890px]/table:hidden",
  930: "@max-[930px]/table:hidden",
  940: "@max-[940px]/table:hidden",
  980: "@max-[980px]/table:hidden",
  1030: "@max-[1030px]/table:hidden",
  1070: "@max-[1070px]/table:hidden",
};

export type TableColumn<Row> = {
  /** Also the name in the address, for sorting and visibility. */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** A quieter second line; compact rows leave it out. */
  detail?: (row: Row) => ReactNode;
  /** The cell that names the row and carries its link. Exactly one column. */
  primary?: boolean;
  /** Makes the header sort, in this direction at the first press. */
  sort?: "ascending" | "descending";
  align?: "start" | "end";
  hiddenByDefault?: boolean;
  /** False keeps it out of the columns menu. The primary column always stays. */
  hideable?: boolean;
  /** A width, as "w-26": the same for every set of rows. The primary column takes the room that the others leave. */
  width?: string;
  /** The column gives way in a table narrower than this, in px; always shown when left out. */
  room?: keyof typeof roomClasses;
};

export type FilterOption = {
  value: string;
  label: string;
  /** How many rows it would show. */
  count?: number;
  /** An avatar or a dot before the label. */
  mark?: ReactNode;
};

export type FilterDefinition = {
  /** The name in the address: `status=active,expired`. */
  id: string;
  label: string;
  options: FilterOption[];
  /** One choice at a time; otherwise several. */
  single?: boolean;
};

export type TablePage = {
  /** Number of the first and the last row shown, counted from 1. Left out when the server does not know. */
  from?: number;
  to?: number;
  total: number;
  /** False when the total is an estimate; it is then shown rounded, as "about 1.2 M". */
  totalIsExact?: boolean;
  /** The `cursor` that leads to the neighbour; null at the end; an empty string is the first page. */
  previous: string | null;
  next: string | null;
};

export type TableSelection<Row> = {
  /** The bar that takes the toolbar's place while rows are selected. */
  actions: (rows: Row[], clear: () => void) => ReactNode;
  /** False leaves the row without a box. */
  canSelect?: (row: Row) => boolean;
};
