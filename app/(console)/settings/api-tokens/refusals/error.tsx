"use client";

import { RecoveringError } from "@/components/shell/recovering-error";
import { PageHeader } from "@/components/ui/page-header";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function RefusalsError({ error, retry }: Problem) {
  return (
    <>
      <PageHeader title="Explain a refused call" />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
