"use client";

import { usePathname } from "next/navigation";
import { RecoveringError } from "@/components/shell/recovering-error";
import { BackToTokens } from "@/components/tokens/back-to-tokens";
import { useTokenWords } from "@/components/tokens/token-words-context";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function TokenError({ error, retry }: Problem) {
  const list = usePathname().replace(/\/[^/]*$/, "");
  return (
    <>
      <BackToTokens href={list} label={useTokenWords().title} />
      <RecoveringError error={error} retry={retry} />
    </>
  );
}
