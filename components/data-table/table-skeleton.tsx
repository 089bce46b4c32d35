import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";

type TableSkeletonProps = {
  label: string;
  /** The headers that the table will show by default, the primary one first. */
  headers: string[];
  rows?: number;
  /** How many filter chips the toolbar will have. */
  chips?: number;
};

const nameWidths = ["w-36", "w-28", "w-44", "w-32", "w-24", "w-40"];
const valueWidths = ["w-20", "w-16", "w-24", "w-14"];

/** The shape of a table that is on its way, so that nothing jumps when it comes. */
export function TableSkeleton({ label, headers, rows = 8, chips = 0 }: TableSkeletonProps) {
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
      <div className="overflow-hidden rounded-surface border border-line bg-panel max-sm:border-0 max-sm:bg-transparent">
        <div className="flex h-10 items-center gap-5 border-line border-b px-4 text-soft text-xs max-sm:hidden compact:h-9">
          {headers.map((header, index) => (
            <span key={header} className={index === 0 ? "flex-2 font-medium" : "flex-1 truncate font-medium"}>
              {header}
            </span>
          ))}
        </div>
        {lines.map((line) => (
          <div
            key={line}
            className="flex h-[52px] items-center gap-5 border-line border-b px-4 last:border-b-0 compact:h-9 max-sm:mb-2 max-sm:h-[94px]! max-sm:flex-col max-sm:gap-2.5 max-sm:items-stretch max-sm:justify-center max-sm:rounded-surface max-sm:border! max-sm:bg-panel"
          >
            {headers.map((header, index) => (
              <span
                key={header}
                className={
                  index === 0
                    ? "flex-2 max-sm:flex-none"
                    : index > 2
                      ? "flex-1 max-sm:hidden"
                      : "flex-1 max-sm:flex-none"
                }
              >
                <Skeleton
                  className={
                    index === 0
                      ? `h-3.5 ${nameWidths[line % nameWidths.length]} max-w-full`
                      : `h-3 ${valueWidths[(line + index) % valueWidths.length]} max-w-full`
                  }
                />
              </span>
            ))}
          </div>
        ))}
      </div>
    </SkeletonRegion>
  );
}
