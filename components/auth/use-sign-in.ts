"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { startTransition, useState, useTransition } from "react";
import type { Action, ActionResult } from "@/lib/auth/action-result";

/** Runs an action that ends in a session, and goes where it says; `pending` until the new page is there. */
export function useSignIn(action: Action<{ returnTo: string }>) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [result, setResult] = useState<ActionResult<{ returnTo: string }> | null>(null);

  function submit(input: unknown) {
    start(async () => {
      // An action that cannot be reached rejects; the form must stay as it is.
      const answer = await action(input).catch(() => UNREACHABLE);
      startTransition(() => {
        setResult(answer);
        if (answer.ok) router.replace(answer.value.returnTo as Route);
      });
    });
  }

  return { submit, pending: pending || result?.ok === true, result };
}

const UNREACHABLE: ActionResult<never> = {
  ok: false,
  unavailable: "Latchkey did not answer. Check your connection and try again.",
};

/** The message for a field: what the browser found, or what the server answered. */
export function fieldError(result: ActionResult<unknown> | null, field: string): string | undefined {
  if (!result || result.ok) return undefined;
  if ("invalid" in result) return result.invalid.find((issue) => issue.field === field)?.message;
  if ("refusal" in result && result.refusal.field === field) return result.refusal.sentence;
  return undefined;
}
