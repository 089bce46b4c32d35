import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";

/** A list of the operator's while it is being read. */
export function ListSkeleton({ label, height }: { label: string; height: string }) {
  return (
    <SkeletonRegion label={label}>
      <div className="grid gap-1.5 pt-5">
        <Skeleton className="h-7 w-32" />
        <Skeleton className="h-5 w-96 max-w-full" />
      </div>
      <div className="mt-5 divide-y divide-line rounded-surface border border-line bg-panel">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className={`grid content-start gap-2 px-5 py-4 max-sm:px-4 ${height}`}>
            <Skeleton className="h-4 w-48 max-w-full" />
            <Skeleton className="h-4 w-80 max-w-full" />
          </div>
        ))}
      </div>
    </SkeletonRegion>
  );
}
