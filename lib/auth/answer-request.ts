import type { NextRequest } from "next/server";
import { andThen, orElse, type Soon } from "@/lib/at-once";
import type { Origin } from "@/lib/context";
import { ALWAYS, json, problemResponse } from "@/lib/http/answer";
import { crossOriginHeaders, withoutCrossOrigin } from "@/lib/http/cross-origin";
import { problemOf } from "@/lib/http/problem-of";
import { log } from "@/lib/log";
import { listedOrigins } from "@/lib/organizations/listed-origins";
import { originOf } from "./request-context";

/** What Next calls a route's method with. */
export interface RouteContext {
  // Each route has its own parameters; what a handler uses of them, it parses.
  params: Promise<Record<string, string | string[] | undefined>>;
}

export interface Answering {
  /** Headers of whatever is answered. */
  always: Record<string, string>;
  /** The ids of the organizations that list the origin of the request. */
  listedBy: ReadonlySet<string>;
}

export type RouteMethod = (request: NextRequest, context: RouteContext) => Soon<Response>;

/**
 * Runs what answers a request and turns everything that comes of it into an answer: data into JSON, problems into problem
 * details, the unexpected into a 500 or 503 that says nothing of its cause. Every answer names its request, is kept by
 * nobody and is what it says it is; what `run` puts into `always` is told with a problem too. Scripts of an origin that any
 * organization lists may read it, where `run` does not take that back.
 */
export function answerRequest(
  request: NextRequest,
  run: (origin: Origin & { requestId: string }, answering: Answering) => unknown,
): Soon<Response> {
  const origin = originOf(request.headers);
  const { requestId } = origin;
  const always: Record<string, string> = { ...ALWAYS, Vary: "Origin", "X-Request-Id": requestId };
  const from = request.headers.get("origin");
  const tells = log().isLevelEnabled("debug");
  const begun = tells ? performance.now() : 0;
  const answer = orElse(
    () =>
      andThen(from === null ? NOBODY : listedOrigins().by(from), (listedBy) => {
        if (from !== null && listedBy.size > 0) Object.assign(always, crossOriginHeaders(from));
        return andThen(run(origin, { always, listedBy }), (result) =>
          result instanceof Response ? saying(result, always) : json(result, 200, always),
        );
      }),
    (error) => saying(problemResponse(problemOf(error, factsOf(request, requestId)), requestId), always),
  );
  if (!tells) return answer;
  return andThen(answer, (response) => {
    const milliseconds = Math.round(performance.now() - begun);
    log().debug({ ...factsOf(request, requestId), status: response.status, milliseconds }, "answered");
    return response;
  });
}

/** Once it is known whose the caller is: the origins of other organizations read nothing of the answer. */
export function onlyListedBy(organizationId: string | undefined, { always, listedBy }: Answering): void {
  if (organizationId !== undefined && !listedBy.has(organizationId)) withoutCrossOrigin(always);
}

const NOBODY: ReadonlySet<string> = new Set();

function saying(response: Response, headers: Record<string, string>): Response {
  // An answer that may be kept says so itself.
  for (const [name, value] of Object.entries(headers)) {
    if (name !== "Cache-Control" || !response.headers.has(name)) response.headers.set(name, value);
  }
  return response;
}

/** The path alone: a query may hold what nobody should read later. */
export const factsOf = (request: NextRequest, requestId: string) => ({
  request_id: requestId,
  method: request.method,
  path: new URL(request.url).pathname,
});
