import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import type { TokenActivity } from "@/lib/tokens/get-token-activity";
import { UsageChart } from "./usage-chart";

const header = (
  <CardHeader
    title="Calls in the last 30 days"
    description="Forbidden: the role did not allow it. Refused: expired or deleted."
  />
);

export async function TokenUsage({ activity }: { activity: Promise<TokenActivity> }) {
  return (
    <Card aria-label="Calls in the last 30 days">
      {header}
      <CardBody>
        <UsageChart days={(await activity).days} />
      </CardBody>
    </Card>
  );
}

export const TokenUsageSkeleton = () => (
  <Card>
    {header}
    <CardBody>
      <SkeletonRegion label="Loading its usage">
        <Skeleton className="h-5 w-56 max-w-full" />
        <Skeleton className="mt-4 mb-7 h-36 w-full" />
      </SkeletonRegion>
    </CardBody>
  </Card>
);
