"use client";

import { RecoveringError } from "@/components/shell/recovering-error";
import { useTokenWords } from "@/components/tokens/token-words-context";
import { PageHeader } from "@/components/ui/page-header";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function TokensError({ error, retry }: Problem) {
  return (
    <>
      <PageHeader title={useTokenWords().title} />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
