"use client";

import { RecoveringError } from "@/components/shell/recovering-error";
import { BackToTokens } from "@/components/tokens/back-to-tokens";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function TokenError({ error, retry }: Problem) {
  return (
    <>
      <BackToTokens listPath="/hub/api-tokens" />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
