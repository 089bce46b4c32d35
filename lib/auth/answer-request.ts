import type { NextRequest } from "next/server";
import type { Origin } from "@/lib/context";
import { ALWAYS, json, problemResponse } from "@/lib/http/answer";
import { problemOf } from "@/lib/http/problem-of";
import { log } from "@/lib/log";
import { originOf } from "./request-context";

/** What Next calls a route's method with. */
export interface RouteContext {
  // Each route has its own parameters; what a handler uses of them, it parses.
  params: Promise<Record<string, string | string[] | undefined>>;
}

export type RouteMethod = (request: NextRequest, context: RouteContext) => Promise<Response>;

/**
 * Runs what answers a request and turns everything that comes of it into an answer: data into JSON, problems into problem
 * details, the unexpected into a 500 or 503 that says nothing of its cause. Every answer names its request, is kept by
 * nobody and is what it says it is; what `run` puts into `always` is told with a problem too.
 */
export async function answerRequest(
  request: NextRequest,
  run: (origin: Origin, always: Record<string, string>) => Promise<unknown>,
): Promise<Response> {
  const origin = originOf(request.headers);
  const { requestId } = origin;
  const always: Record<string, string> = {};
  const begun = performance.now();
  let response: Response;
  try {
    const result = await run(origin, always);
    response = result instanceof Response ? result : json(result);
  } catch (error) {
    response = problemResponse(problemOf(error, factsOf(request, requestId)), requestId);
  }
  const said = { ...always, ...ALWAYS, "X-Request-Id": requestId };
  for (const [name, value] of Object.entries(said)) response.headers.set(name, value);
  if (log().isLevelEnabled("debug")) {
    const milliseconds = Math.round(performance.now() - begun);
    log().debug({ ...factsOf(request, requestId), status: response.status, milliseconds }, "answered");
  }
  return response;
}

/** The path alone: a query may hold what nobody should read later. */
const factsOf = (request: NextRequest, requestId: string) => ({
  request_id: requestId,
  method: request.method,
  path: new URL(request.url).pathname,
});
