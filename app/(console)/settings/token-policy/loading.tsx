import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function TokenPolicyLoading() {
  return (
    <>
      <PageHeader title="Token policy" description={<Skeleton className="h-4 w-80 max-w-full" />} />
      <div className="mt-5 grid gap-4">
        <Skeleton className="h-80 w-full rounded-surface!" />
        <Skeleton className="h-64 w-full rounded-surface!" />
      </div>
    </>
  );
}
