import { ListSkeleton } from "@/components/operator/list-skeleton";

export default function JobsLoading() {
  return <ListSkeleton label="Loading jobs" height="h-28" />;
}
