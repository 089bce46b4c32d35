import { TokensScreenSkeleton } from "@/components/tokens/tokens-screen-skeleton";

export default function TokensLoading() {
  return <TokensScreenSkeleton />;
}
