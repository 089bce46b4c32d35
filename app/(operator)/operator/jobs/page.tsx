import type { Metadata } from "next";
import { JobsScreen } from "@/components/operator/jobs-screen";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { requireOperator } from "@/lib/auth/require-member";
import { listJobs } from "@/lib/jobs/list-jobs";
import { askForRunAction } from "./actions";

export const metadata: Metadata = { title: "Jobs" };

export default async function JobsPage() {
  const view = await listJobs(await requireOperator(), await requestContext());
  return (
    <>
      <PageHeader
        title="Jobs"
        description="What happens by itself: when it ran last, what came of it, and when it runs next."
      />
      <div className="mt-5">
        <JobsScreen view={view} askForRun={askForRunAction} />
      </div>
    </>
  );
}
