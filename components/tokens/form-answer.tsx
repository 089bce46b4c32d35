"use client";

import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { Notice } from "@/components/ui/notice";
import type { ActionResult } from "@/lib/auth/action-result";

/** Why a whole form was not taken; what is wrong with one field stands beside it instead. */
export type Trouble =
  | { kind: "refused"; sentence: string }
  | { kind: "signed-out" }
  | { kind: "unavailable"; sentence: string }
  /** No answer came, so nobody knows whether it was done. */
  | { kind: "unanswered"; offline: boolean };

/** Asks the server. A connection that breaks becomes a trouble like any other, so that no input is ever lost to it. */
export async function askServer<T>(
  ask: () => Promise<ActionResult<T>>,
): Promise<ActionResult<T> | { ok: false; unanswered: true }> {
  try {
    return await ask();
  } catch {
    return { ok: false, unanswered: true };
  }
}

type Failure = Exclude<Awaited<ReturnType<typeof askServer>>, { ok: true }>;

/** The trouble with the whole, where it is not about fields of the input. */
export function troubleOf(failure: Failure): Trouble | null {
  if ("refusal" in failure) return { kind: "refused", sentence: failure.refusal.sentence };
  if ("signedOut" in failure) return { kind: "signed-out" };
  if ("unavailable" in failure) return { kind: "unavailable", sentence: failure.unavailable };
  if ("unanswered" in failure) return { kind: "unanswered", offline: !navigator.onLine };
  return null;
}

/** Puts each message beside its field and returns what remains for the top of the form. The first wrong field gets the focus. */
export function placeFailure<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  failure: Failure,
  fields: readonly FieldPath<Values>[],
): Trouble | null {
  const wrong =
    "invalid" in failure
      ? failure.invalid
      : "refusal" in failure && failure.refusal.field
        ? [{ field: failure.refusal.field, message: failure.refusal.sentence }]
        : null;
  if (!wrong) return troubleOf(failure);
  const placed = wrong.filter(({ field, message }, index) => {
    const name = fields.find((known) => known === field);
    if (name) form.setError(name, { message }, { shouldFocus: index === 0 });
    return name !== undefined;
  });
  const rest = wrong.filter((field) => !placed.includes(field));
  return rest.length > 0 ? { kind: "refused", sentence: rest.map(({ message }) => message).join(" ") } : null;
}

/** At the top of a form or a dialog. `uncertain` says what to check where no answer came. */
export function TroubleNotice({ trouble, uncertain }: { trouble: Trouble | null; uncertain: string }) {
  if (!trouble) return null;
  switch (trouble.kind) {
    case "refused":
      return (
        <Notice tone="warning" live>
          {trouble.sentence}
        </Notice>
      );
    case "signed-out":
      return (
        <Notice
          tone="warning"
          live
          title="You are signed out"
          action={
            <a href="/sign-in" target="_blank" rel="noopener">
              Sign in<span className="sr-only"> in a new tab</span>
            </a>
          }
        >
          Nothing was changed. Sign in in another tab, come back and try again: what you entered stays here.
        </Notice>
      );
    case "unavailable":
      return (
        <Notice tone="warning" live>
          {trouble.sentence}
        </Notice>
      );
    case "unanswered":
      return (
        <Notice tone="warning" live title={trouble.offline ? "You are offline" : "No answer from the server"}>
          {uncertain}
        </Notice>
      );
  }
}
