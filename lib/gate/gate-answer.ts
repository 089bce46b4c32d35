import type { ServerResponse } from "node:http";
import { isDatabaseAway } from "@/lib/database-away";
import { problemHeaders, problemText } from "@/lib/http/answer";
import { PROBLEMS, Problem } from "@/lib/http/problem";
import { errorFacts, log } from "@/lib/log";
import { ALWAYS, flat } from "./identity-headers";

/** Answers with JSON. */
export function sendJson(
  response: ServerResponse,
  requestId: string,
  data: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, 200, requestId, { ...headers, "Content-Type": "application/json" }, JSON.stringify(data));
}

/** Answers with a problem as RFC 9457 writes it; its own status unless another is given. */
export function sendProblem(
  response: ServerResponse,
  requestId: string,
  problem: Problem,
  { status = PROBLEMS[problem.code].status, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  const text = problemText(problem, requestId, status);
  send(response, status, requestId, { ...headers, ...problemHeaders(problem, status) }, text);
}

/** What came instead of an answer: a problem as it is; of everything else nobody hears more than that it failed. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) return error;
  const away = isDatabaseAway(error);
  const facts = { request_id: requestId, error: errorFacts(error) };
  if (away) log().warn(facts, "the database is away");
  else log().error(facts, "a request to the gate failed");
  return new Problem(away ? "unavailable" : "internal_error");
}

function send(
  response: ServerResponse,
  status: number,
  requestId: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  if (response.headersSent) return;
  const length = ["Content-Length", String(Buffer.byteLength(body))];
  response.writeHead(status, [...ALWAYS, ...length, ...flat(headers), "X-Request-Id", requestId]);
  response.end(body);
}
