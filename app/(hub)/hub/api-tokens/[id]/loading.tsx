import { TokenScreenSkeleton } from "@/components/tokens/token-screen-skeleton";

export default function TokenLoading() {
  return <TokenScreenSkeleton listPath="/hub/api-tokens" />;
}
