import { z } from "zod";
import { PERMISSION_NAME, type Permission } from "./permission";

/** A scope (RFC 6749, 3.3): names of permissions with one space between them, each once and sorted. */
export const scopeInput = z
  .string({ error: "Give permissions, with a space between them." })
  .max(4096, { error: "That is longer than any scope here." })
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/, {
    error: "Give permissions, with one space between them.",
  })
  .transform((text) => [...new Set(text.split(" "))].sort());

/** Names told of in one answer: a longer list helps nobody. */
const MOST_NAMED = 8;

/** What is asked for in `scope` and is not among `permissions`. */
export const beyond = (scope: readonly string[], permissions: ReadonlySet<Permission>): string[] =>
  scope.filter((name) => !permissions.has(name));

/** Names of a scope in a sentence. What has not the form of a permission may be anything, and is not said again. */
export function scopeInWords(names: readonly string[]): string {
  const well = names.filter((name) => PERMISSION_NAME.test(name));
  const told = well.slice(0, MOST_NAMED);
  const others = names.length - told.length;
  if (told.length === 0) return others === 1 ? "what is no permission" : `${others} things that are no permissions`;
  return others === 0 ? told.join(", ") : `${told.join(", ")} and ${others} more`;
}
