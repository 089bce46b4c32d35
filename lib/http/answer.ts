import { env } from "@/lib/env";
import type { Outcome } from "@/lib/refusal";
import { PROBLEMS, Problem } from "./problem";
import { problemBody, problemPage } from "./problem-answer";

/** Seconds after which a caller may try again while the database is away. */
const RETRY_AFTER = "2";

/** What every answer says, whichever server gives it: it is kept by nobody and is what it says it is. */
export const ALWAYS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" } as const;

/** A JSON answer with a status other than 200. A handler that has none to say returns the data itself. */
export function json(data: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(data), { status, headers: { ...headers, "Content-Type": "application/json" } });
}

/** What anybody may read, from any site, and keep for a quarter of an hour. */
export const publicJson = (data: unknown): Response =>
  json(data, 200, { "Cache-Control": "public, max-age=900", "Access-Control-Allow-Origin": "*" });

/** What a verb made; throws its refusal for `withToken` to answer. */
export function accepted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw Problem.of(outcome.refusal);
  return outcome.value;
}

/** Where a problem is described for people. */
export const problemType = (code: string) => problemPage(code, env().PUBLIC_URL);

/** A problem as RFC 9457 writes it. */
export const problemText = (problem: Problem, requestId: string, status?: number): string =>
  JSON.stringify(problemBody(problem, { requestId, publicUrl: env().PUBLIC_URL, status }));

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
