import { problemHeaders, problemText } from "../answer";
import { EXAMPLE_REQUEST_ID } from "../example-request-id";
import { oauthErrorHeaders, oauthErrorText } from "../oauth-error";
import { exampleOAuthError, exampleProblem } from "./example-answers";
import type { ProblemPage } from "./problem-pages";

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** An answer as it comes over the wire, made by what makes the real ones. */
export function answerExample({ kind, code, status }: ProblemPage): string {
  if (kind === "oauth") {
    const error = exampleOAuthError(code);
    return written(oauthErrorHeaders(error), JSON.parse(oauthErrorText(error, EXAMPLE_REQUEST_ID)));
  }
  const problem = exampleProblem(code);
  return written(problemHeaders(problem, status), JSON.parse(problemText(problem, EXAMPLE_REQUEST_ID)));
}

const written = (headers: Record<string, string>, body: unknown) =>
  [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", pretty(body)].join("\n");
