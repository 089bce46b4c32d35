import type { z } from "zod";
import type { InvalidField } from "./action-result";

/** The first message of each field, in the order of the schema; the same in a form and in its action. */
export function invalidFields(error: z.ZodError): InvalidField[] {
  const messages = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = path.join(".");
    if (!messages.has(field)) messages.set(field, message);
  }
  return [...messages].map(([field, message]) => ({ field, message }));
}
