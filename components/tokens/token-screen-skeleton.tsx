import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import { BackToTokens } from "./back-to-tokens";
import { TokenCallersSkeleton } from "./token-callers";
import { TokenHistorySkeleton } from "./token-history";
import { TokenUsageSkeleton } from "./token-usage";

/** A token's page before the token is there. */
export function TokenScreenSkeleton({ listPath }: { listPath: string }) {
  return (
    <>
      <BackToTokens listPath={listPath} />
      <PageHeader
        title={<Skeleton className="h-7 w-64 max-w-full" />}
        description={<Skeleton className="mt-1 h-4 w-48" />}
        actions={<Skeleton className="h-9 w-44 rounded-control! max-sm:h-10" />}
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <Card className="lg:col-start-2 lg:row-start-1">
          <CardHeader title="Facts" />
          <CardBody>
            <SkeletonRegion label="Loading the token">
              <div className="grid gap-5">
                {[0, 1, 2, 3, 4].map((row) => (
                  <Skeleton key={row} className="h-4 w-full" />
                ))}
              </div>
            </SkeletonRegion>
          </CardBody>
        </Card>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:col-start-1 lg:row-start-1">
          <TokenUsageSkeleton />
          <TokenCallersSkeleton />
          <TokenHistorySkeleton />
        </div>
      </div>
    </>
  );
}
