"use client";

import { RecoveringError } from "@/components/shell/recovering-error";
import { PageHeader } from "@/components/ui/page-header";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function OutboxError({ error, retry }: Problem) {
  return (
    <>
      <PageHeader title="Outbox" />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
