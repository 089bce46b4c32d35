import type { RefusalCode } from "@/lib/refusal";

/** One field of a form that cannot be used as it is. `field` is in the names of the input schema, joined by dots. */
export interface InvalidField {
  field: string;
  message: string;
}

/** The answer of a server action, whole: whatever happens, a form gets one of these and never an exception. */
export type ActionResult<T> =
  | { ok: true; value: T }
  /** The rules say no. */
  | { ok: false; refusal: { code: RefusalCode; sentence: string; field?: string } }
  /** The input is not what the form may send. */
  | { ok: false; invalid: InvalidField[] }
  /** The session ended. The form stays as it is; signing in again in another tab lets it be sent again. */
  | { ok: false; signedOut: true }
  /** Nothing was done, for a reason that is not the person's; the sentence says what to do. */
  | { ok: false; unavailable: string };

/** A server action as a component holds it. */
export type Action<T> = (input?: unknown) => Promise<ActionResult<T>>;

/** The sentence for the whole form, where there is one; null where the messages stand beside the fields. */
export function actionSentence(result: ActionResult<unknown>): string | null {
  if (result.ok || "invalid" in result) return null;
  if ("refusal" in result) return result.refusal.sentence;
  if ("signedOut" in result) return "You are signed out. Sign in again in another tab, then repeat this.";
  return result.unavailable;
}
