import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";

/** *Explain a refused call* before anything of it is known. */
export function RefusalsSkeleton() {
  return (
    <>
      <PageHeader
        title="Explain a refused call"
        description={
          <>
            <Skeleton className="mt-1 h-4 w-[60ch] max-w-full" />
            <Skeleton className="mt-2 h-4 w-[34ch] max-w-full" />
          </>
        }
      />
      <div className="mt-5">
        <SkeletonRegion label="Loading">
          <div className="grid gap-4">
            <Skeleton className="h-9 w-full max-w-xl rounded-control!" />
            <Skeleton className="h-64 w-full rounded-surface!" />
          </div>
        </SkeletonRegion>
      </div>
    </>
  );
}
