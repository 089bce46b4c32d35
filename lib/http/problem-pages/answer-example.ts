import { problemHeaders, problemText } from "../answer";
import { EXAMPLE_REQUEST_ID } from "../example-request-id";
import { OAuthError, oauthErrorHeaders, oauthErrorText } from "../oauth-error";
import { Problem } from "../problem";
import type { ProblemPage } from "./problem-pages";

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** An answer as it comes over the wire, made by what makes the real ones. */
export function answerExample(page: ProblemPage): string {
  if (page.kind === "oauth") {
    const error = new OAuthError(page.code, page.detail ?? page.sentence);
    return written(oauthErrorHeaders(error), JSON.parse(oauthErrorText(error)));
  }
  const { code, status, sentence, detail, field } = page;
  const problem = new Problem(code, {
    ...(detail ? { detail } : {}),
    ...(field ? { errors: [{ field, detail: code === "invalid_input" ? "Give a date and a time." : sentence }] } : {}),
    ...(status === 429 ? { headers: { "Retry-After": "7" } } : {}),
  });
  return written(problemHeaders(problem, status), JSON.parse(problemText(problem, EXAMPLE_REQUEST_ID)));
}

const written = (headers: Record<string, string>, body: unknown) =>
  [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", pretty(body)].join("\n");
