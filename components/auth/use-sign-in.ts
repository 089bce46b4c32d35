"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { startTransition, useState, useTransition } from "react";
import type { z } from "zod";
import type { Action, ActionResult } from "@/lib/auth/action-result";
import { invalidFields } from "@/lib/auth/invalid-fields";

/** Runs an action that ends in a session, and goes where it says; `pending` until the new page is there. */
export function useSignIn(action: Action<{ returnTo: string }>, schema?: z.ZodType) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [result, setResult] = useState<ActionResult<{ returnTo: string }> | null>(null);

  /** A link's fragment stays with the browser all the way here, and only the browser itself brings it on through redirections. */
  function leave(returnTo: string) {
    const { hash } = window.location;
    if (hash) window.location.replace(returnTo + hash);
    else router.replace(returnTo as Route);
  }

  /** Sends the input, unless the schema says at once what is wrong; returns the first such field. */
  function submit(input: unknown): string | undefined {
    const error = schema?.safeParse(input).error;
    if (error) {
      const invalid = invalidFields(error);
      setResult({ ok: false, invalid });
      return invalid[0]?.field;
    }
    start(async () => {
      // An action that cannot be reached rejects; the form must stay as it is.
      const answer = await action(input).catch(() => UNREACHABLE);
      startTransition(() => {
        setResult(answer);
        if (answer.ok) leave(answer.value.returnTo);
      });
    });
    return undefined;
  }

  return { submit, pending: pending || result?.ok === true, result };
}

const UNREACHABLE: ActionResult<never> = {
  ok: false,
  unavailable: "Latchkey did not answer. Check your connection and try again.",
};

/** The message for a field, whether the browser or the server found it. */
export function fieldError(result: ActionResult<unknown> | null, field: string): string | undefined {
  if (!result || result.ok) return undefined;
  if ("invalid" in result) return result.invalid.find((issue) => issue.field === field)?.message;
  if ("refusal" in result && result.refusal.field === field) return result.refusal.sentence;
  return undefined;
}
