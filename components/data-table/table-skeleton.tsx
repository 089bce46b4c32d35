import { classNames } from "@/components/ui/class-names";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import { roomClasses, type TableColumn } from "./table-definition";

type TableSkeletonProps = {
  label: string;
  /** The columns that the table will show by default, the primary one first. */
  columns: Pick<TableColumn<never>, "id" | "header" | "width" | "room">[];
  rows?: number;
  /** How many filter chips the toolbar will have. */
  chips?: number;
};

const nameWidths = ["w-36", "w-28", "w-44", "w-32", "w-24", "w-40"];
const valueWidths = ["w-20", "w-16", "w-24", "w-14"];

/** The shape of a table that is on its way, so that nothing jumps when it comes. */
export function TableSkeleton({ label, columns, rows = 8, chips = 0 }: TableSkeletonProps) {
  const lines = Array.from({ length: rows }, (_, index) => index);
  return (
    <SkeletonRegion label={`Loading ${label}`}>
      <div className="flex gap-2 pb-2.5">
        <Skeleton className="h-8 w-64 rounded-control! max-sm:h-10 max-sm:flex-1" />
        {Array.from({ length: chips }, (_, index) => index).map((chip) => (
          <Skeleton key={chip} className="h-8 w-20 rounded-control! max-sm:hidden" />
        ))}
        <Skeleton className="h-10 w-24 rounded-control! sm:hidden" />
      </div>
      <div className="@container/table overflow-hidden rounded-surface border border-line bg-panel max-sm:border-0 max-sm:bg-transparent">
        <div className="flex h-10 items-center border-line border-b pr-14 pl-1.5 text-soft text-xs max-sm:hidden compact:h-9">
          {columns.map((column) => (
            <span key={column.id} className={classNames(placeOf(column), "truncate font-medium")}>
              {column.header}
            </span>
          ))}
        </div>
        {lines.map((line) => (
          <div
            key={line}
            className="flex h-[52px] items-center border-line border-b pr-14 pl-1.5 last:border-b-0 compact:h-9 max-sm:mb-2 max-sm:h-[94px]! max-sm:flex-col max-sm:gap-2.5 max-sm:items-stretch max-sm:justify-center max-sm:rounded-surface max-sm:border! max-sm:bg-panel max-sm:px-1.5!"
          >
            {columns.map((column, index) => (
              <span key={column.id} className={classNames(placeOf(column), index > 0 && "max-sm:hidden")}>
                <Skeleton
                  className={
                    index === 0
                      ? `h-3.5 ${nameWidths[line % nameWidths.length]} max-w-full`
                      : `h-3 ${valueWidths[(line + index) % valueWidths.length]} max-w-full`
                  }
                />
              </span>
            ))}
            <Skeleton className="mx-2.5 h-3 w-52 max-w-full sm:hidden" />
            <Skeleton className="mx-2.5 h-3 w-40 max-w-full sm:hidden" />
          </div>
        ))}
      </div>
    </SkeletonRegion>
  );
}

/** As wide as the column will be, and gone where it will be. */
const placeOf = ({ width, room }: TableSkeletonProps["columns"][number]): string =>
  classNames("px-2.5", width ? `${width} shrink-0` : "min-w-0 sm:flex-1", room && roomClasses[room]);
