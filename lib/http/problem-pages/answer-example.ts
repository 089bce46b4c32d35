import { problemHeaders, problemText } from "../answer";
import { PROBLEMS, Problem, type ProblemCode } from "../problem";
import { PROBLEM_PAGES } from "./problem-pages";

const REQUEST_ID = "5a2d1f0e-8a1b-4a53-9f2b-0f3f6b8f7c9e";

/** An answer as it comes over the wire, made by what makes the real ones. */
export function answerExample(code: ProblemCode): string {
  const { status, sentence } = PROBLEMS[code];
  const { detail, field } = PROBLEM_PAGES[code];
  const problem = new Problem(code, {
    ...(detail ? { detail } : {}),
    ...(field ? { errors: [{ field, detail: code === "invalid_input" ? "Give a date and a time." : sentence }] } : {}),
    ...(status === 429 ? { headers: { "Retry-After": "7" } } : {}),
  });
  const headers = Object.entries(problemHeaders(problem, status)).map(([name, value]) => `${name}: ${value}`);
  const body = JSON.stringify(JSON.parse(problemText(problem, REQUEST_ID)), null, 2);
  return [...headers, "", body].join("\n");
}
