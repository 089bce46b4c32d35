"use client";

import { RecoveringError } from "@/components/shell/recovering-error";

type Problem = { error: Error & { digest?: string }; retry: () => void };

export default function PageError({ error, retry }: Problem) {
  return (
    <main id="main" className="grid min-h-dvh place-items-center px-4">
      <h1 className="sr-only">Latchkey</h1>
      <RecoveringError error={error} retry={retry} />
    </main>
  );
}
