"use client";

import { RecoveringError } from "@/components/shell/recovering-error";
import { PageHeader } from "@/components/ui/page-header";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function JobsError({ error, retry }: Problem) {
  return (
    <>
      <PageHeader title="Jobs" />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
