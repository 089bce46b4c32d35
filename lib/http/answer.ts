import { env } from "@/lib/env";
import type { Outcome } from "@/lib/refusal";
import { PROBLEMS, Problem } from "./problem";

/** Seconds after which a caller may try again while the database is away. */
const RETRY_AFTER = "2";

/** What every answer says, whichever server gives it: it is kept by nobody and is what it says it is. */
export const ALWAYS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" } as const;

/** A JSON answer with a status other than 200. A handler that has none to say returns the data itself. */
export function json(data: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(data), { status, headers: { ...headers, "Content-Type": "application/json" } });
}

/** What a verb made; throws its refusal for `withToken` to answer. */
export function accepted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw Problem.of(outcome.refusal);
  return outcome.value;
}

/** The page that says what a problem means and how to mend it. Stable: clients may compare it, though `code` is shorter. */
export const problemType = (code: string) => `${env().PUBLIC_URL}/docs/problems/${code}`;

/** A problem as RFC 9457 writes it. */
export function problemText({ code, options }: Problem, requestId: string, status = PROBLEMS[code].status): string {
  return JSON.stringify({
    type: problemType(code),
    title: PROBLEMS[code].sentence,
    status,
    ...(options.detail ? { detail: options.detail } : {}),
    code,
    request_id: requestId,
    ...(options.errors ? { errors: options.errors } : {}),
  });
}

/** What goes with it. */
export const problemHeaders = ({ options }: Problem, status: number): Record<string, string> => ({
  ...options.headers,
  ...(status === 503 ? { "Retry-After": RETRY_AFTER } : {}),
  "Content-Type": "application/problem+json",
});

export function problemResponse(problem: Problem, requestId: string): Response {
  const { status } = PROBLEMS[problem.code];
  return new Response(problemText(problem, requestId), { status, headers: problemHeaders(problem, status) });
}
