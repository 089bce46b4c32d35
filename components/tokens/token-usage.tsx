import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import type { TokenActivity } from "@/lib/tokens/get-token-activity";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { UsageChart } from "./usage-chart";

type TokenUsageProps = { token: TokenRow; words: TokenWords };

/** What the outcomes mean for this kind of token. */
function UsageHeader({ token, words }: TokenUsageProps) {
  const isClient = token.kind === "cls";
  const refused = isClient
    ? `expired, ${words.removed}, its secret sent as Bearer, from elsewhere, or too often.`
    : `expired, ${words.removed}, from elsewhere, or too often.`;
  return (
    <CardHeader
      title="Calls in the last 30 days"
      description={`Forbidden: the role${isClient ? " or the scope" : ""} did not allow it. Refused: ${refused}`}
    />
  );
}

export async function TokenUsage({ activity, ...about }: TokenUsageProps & { activity: Promise<TokenActivity> }) {
  return (
    <Card aria-label="Calls in the last 30 days">
      <UsageHeader {...about} />
      <CardBody>
        <UsageChart days={(await activity).days} />
      </CardBody>
    </Card>
  );
}

export const TokenUsageSkeleton = (about: TokenUsageProps) => (
  <Card>
    <UsageHeader {...about} />
    <CardBody>
      <SkeletonRegion label="Loading its usage">
        <Skeleton className="h-5 w-56 max-w-full" />
        <Skeleton className="mt-4 mb-7 h-36 w-full" />
      </SkeletonRegion>
    </CardBody>
  </Card>
);
