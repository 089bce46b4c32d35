import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function OrganizationNotFound() {
  return (
    <EmptyState
      title="There is no such organization"
      titleAs="h1"
      description="The address may be cut short, or the organization is gone."
      action={
        <Button asChild>
          <Link href="/operator">All organizations</Link>
        </Button>
      }
    />
  );
}
