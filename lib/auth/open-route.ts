import type { NextRequest } from "next/server";
import { catchUp } from "@/lib/authority/authority";
import type { Context, Origin } from "@/lib/context";
import { accepted } from "@/lib/http/answer";
import { preflightHeaders } from "@/lib/http/cross-origin";
import { Problem } from "@/lib/http/problem";
import type { Outcome } from "@/lib/refusal";
import { type Answering, answerRequest, type RouteMethod } from "./answer-request";
import { refuseInAddress } from "./read-credential";
import { contextFrom } from "./request-context";

/** A route's method that anybody may call; `other` where it only says which methods there are. */
export type OpenRoute = RouteMethod & { readonly kind: "open" | "other" };

type Handler = (request: NextRequest, origin: Origin, answering: Answering) => unknown;

/** A method of a route that needs no credential. The handler returns data or a response; what it throws becomes a problem. */
export function openRoute(handler: Handler): OpenRoute {
  return open("open", handler);
}

/**
 * The same where it changes something. What it takes stands in the body, and no credential in the address. Whoever is
 * answered, by a refusal too, finds it done here. `say` makes the answer of what was made.
 */
export function openChange<Made>(
  handler: (request: NextRequest, ctx: Context) => Promise<Outcome<Made>>,
  say: (made: Made, ctx: Context) => unknown,
): OpenRoute {
  return open("open", async (request, origin) => {
    refuseInAddress(request.url);
    const ctx = contextFrom(origin);
    const outcome = await handler(request, ctx);
    await catchUp();
    return say(accepted(outcome), ctx);
  });
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;
type Method = (typeof METHODS)[number];
/** Next answers HEAD by itself where there is GET. */
type Answered<Allowed extends Method> = Allowed | ("GET" extends Allowed ? "HEAD" : never);

/**
 * The methods that a route does not have: 405 with `Allow` (RFC 9110, 15.5.6), and `Allow` to OPTIONS, with what a browser
 * asks before a request of another origin where that is a listed one. Next would answer 405 without it.
 */
export function otherMethods<Allowed extends Exclude<Method, "HEAD" | "OPTIONS">>(
  ...allowed: Allowed[]
): Record<Exclude<Method, Answered<Allowed>>, OpenRoute> {
  const answered: Method[] = allowed.includes("GET" as Allowed) ? [...allowed, "HEAD"] : [...allowed];
  const headers = { Allow: [...answered, "OPTIONS"].join(", ") };
  const refuse = open("other", () => {
    throw new Problem("method_not_allowed", { headers });
  });
  const asked = { ...headers, ...preflightHeaders(answered.join(", ")) };
  const tell = open(
    "other",
    (_request, _origin, { listedBy }) =>
      new Response(null, { status: 204, headers: listedBy.size > 0 ? asked : headers }),
  );
  const others = METHODS.filter((method) => !answered.includes(method));
  return Object.fromEntries(others.map((method) => [method, method === "OPTIONS" ? tell : refuse])) as Record<
    Exclude<Method, Answered<Allowed>>,
    OpenRoute
  >;
}

function open(kind: OpenRoute["kind"], handler: Handler): OpenRoute {
  const method: RouteMethod = (request) => answerRequest(request, (...met) => handler(request, ...met));
  return Object.assign(method, { kind });
}
