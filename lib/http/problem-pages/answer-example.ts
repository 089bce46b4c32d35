import { problemHeaders, problemText, problemType } from "../answer";
import { Problem } from "../problem";
import type { ProblemPage } from "./problem-pages";

const REQUEST_ID = "5a2d1f0e-8a1b-4a53-9f2b-0f3f6b8f7c9e";

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** An answer as it comes over the wire; that of a problem is made by what makes the real ones. */
export function answerExample(page: ProblemPage): string {
  if (page.kind === "oauth") {
    const { code: error, detail, sentence, status } = page;
    const headers = {
      ...(status === 401 ? { "WWW-Authenticate": 'Basic realm="latchkey", charset="UTF-8"' } : {}),
      ...(status === 503 ? { "Retry-After": "2" } : {}),
      "Content-Type": "application/json",
    };
    return written(headers, { error, error_description: detail ?? sentence, error_uri: problemType(error) });
  }
  const { code, status, sentence, detail, field } = page;
  const problem = new Problem(code, {
    ...(detail ? { detail } : {}),
    ...(field ? { errors: [{ field, detail: code === "invalid_input" ? "Give a date and a time." : sentence }] } : {}),
    ...(status === 429 ? { headers: { "Retry-After": "7" } } : {}),
  });
  return written(problemHeaders(problem, status), JSON.parse(problemText(problem, REQUEST_ID)));
}

const written = (headers: Record<string, string>, body: unknown) =>
  [...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", pretty(body)].join("\n");
