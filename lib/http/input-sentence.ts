import type { z } from "zod";

/**
 * Says of a value that a schema does not take what it does take. For schemas that do not say it themselves: their own
 * sentences come first.
 */
export const inputSentence: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_value":
      return `Give ${anyOf(issue.values.map(String))}.`;
    case "invalid_type":
      return issue.input === undefined
        ? "Give this field."
        : `Give ${NOUNS[issue.expected] ?? "another kind of value"}.`;
    case "too_big":
      return `Give at most ${issue.maximum}${unitOf(issue.origin, issue.maximum)}.`;
    case "too_small":
      return `Give at least ${issue.minimum}${unitOf(issue.origin, issue.minimum)}.`;
    case "invalid_format":
      return issue.format === "uuid" ? "Give an id." : "Give it in the form that the reference shows.";
    default:
      return undefined;
  }
};

const NOUNS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const anyOf = (values: string[]) => (values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`);

function unitOf(origin: string, count: number | bigint): string {
  if (origin === "string") return Number(count) === 1 ? " character" : " characters";
  if (origin === "array") return Number(count) === 1 ? " value" : " values";
  return "";
}
