import { ListSkeleton } from "@/components/operator/list-skeleton";

export default function OutboxLoading() {
  return <ListSkeleton label="Loading messages" height="h-16" />;
}
