import { RefusalsSkeleton } from "@/components/refusals/refusals-skeleton";

export default function RefusalsLoading() {
  return <RefusalsSkeleton />;
}
