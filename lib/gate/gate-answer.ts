import type { ServerResponse } from "node:http";
import { ALWAYS, problemHeaders, problemText } from "@/lib/http/answer";
import { type OAuthError, oauthErrorHeaders, oauthErrorStatus, oauthErrorText } from "@/lib/http/oauth-error";
import { PROBLEMS, type Problem } from "@/lib/http/problem";
import { flat } from "./identity-headers";

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

/** Answers with an error as OAuth's own endpoints write it, for who came as one of its clients. */
export function sendOAuthError(
  response: ServerResponse,
  requestId: string,
  error: OAuthError,
  headers: Readonly<Record<string, string>>,
): void {
  const all = { ...headers, ...oauthErrorHeaders(error) };
  send(response, oauthErrorStatus(error), requestId, all, oauthErrorText(error, requestId));
}

function send(
  response: ServerResponse,
  status: number,
  requestId: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  // What failed failed in the middle of another answer: half of it must not pass for the whole.
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const length = ["Content-Length", String(Buffer.byteLength(body))];
  response.writeHead(status, [...flat(ALWAYS), ...length, ...flat(headers), "X-Request-Id", requestId]);
  response.end(body);
}
