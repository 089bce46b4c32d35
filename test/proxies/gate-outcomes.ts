import { type Behaviour, identityOf, refuse, type StubGate, say } from "./stub-gate";

/** What the gate refuses with, and what the caller must see of it. */
export const passedRefusals: { status: number; code: string; headers: Record<string, string> }[] = [
  {
    status: 401,
    code: "invalid_token",
    headers: { "WWW-Authenticate": 'Bearer realm="latchkey", error="invalid_token"' },
  },
  {
    status: 403,
    code: "insufficient_scope",
    headers: {
      "WWW-Authenticate": 'Bearer realm="latchkey", error="insufficient_scope", scope="events:read"',
      RateLimit: '"token";r=4;t=30',
      "RateLimit-Policy": '"token";q=5;w=60',
    },
  },
  {
    status: 429,
    code: "rate_limited",
    headers: { "Retry-After": "30", RateLimit: '"token";r=0;t=30', "RateLimit-Policy": '"token";q=5;w=60' },
  },
  { status: 503, code: "unavailable", headers: { "Retry-After": "1" } },
];

const identityLines = Object.entries(identityOf("Bearer alice")).map(([name, value]) => `${name}: ${value}\r\n`);
const HEAD = `HTTP/1.1 200 OK\r\nContent-Length: 0\r\n${identityLines.join("")}`;

/** A whole answer with the identity of the caller and another status than the one that lets in. */
const withIdentity =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (request, response) => {
    const body = status === 204 ? {} : { "Content-Length": 0 };
    response.writeHead(status, { ...identityOf(request.headers.authorization), ...body, ...headers }).end();
  };

const without =
  (...missing: string[]): Behaviour =>
  (request, response) => {
    const identity = Object.entries(identityOf(request.headers.authorization)).filter(
      ([name]) => !missing.includes(name),
    );
    response.writeHead(200, { ...Object.fromEntries(identity), "Content-Length": 0 }).end();
  };

const answers: [string, Behaviour][] = [
  ["a gate that never answers", () => {}],
  ["a gate that stops in the middle of the head", say(HEAD, { thenEnd: false })],
  ["a connection that ends without an answer", say("")],
  ["a connection that ends in the status line", say("HTTP/1.1 20")],
  ["a connection that ends in the middle of the head", say(HEAD)],
  ["a connection that ends in the middle of a header", say(`${HEAD}X-Latchkey-Gro`)],
  ["a connection that is reset", (request) => void request.socket.resetAndDestroy()],
  ["bytes that are no HTTP", say("\x16\x03\x01 let him in\r\n\r\n")],
  ["a head without a status", say(`HTTP/1.1 \r\n${identityLines.join("")}\r\n`)],
  ["a status that is no number", say(`HTTP/1.1 2OO OK\r\n${identityLines.join("")}\r\n`)],
  ["HTTP/0.9", say(`<html>200 OK ${identityLines.join("")}</html>`)],
  ["a head of a megabyte", say(`${HEAD}X-Long: ${"x".repeat(1024 * 1024)}\r\n\r\n`)],
  ["an interim answer and nothing more", say("HTTP/1.1 100 Continue\r\n\r\n")],
  ["500", refuse(500, "internal_error")],
  ["502", refuse(502, "bad_gateway")],
  ["504", refuse(504, "gateway_timeout")],
  ["200 without an identity", (_request, response) => void response.writeHead(200, { "Content-Length": 0 }).end()],
  ["200 without the token", without("X-Latchkey-Token")],
  ["200 without the organization", without("X-Latchkey-Organization")],
  ...[201, 202, 204, 206, 226, 300, 304, 400, 404, 407, 418, 501, 599].map((status): [string, Behaviour] => [
    `${status} with an identity`,
    withIdentity(status),
  ]),
  ...[301, 302, 303, 307, 308].map((status): [string, Behaviour] => [
    `the redirect ${status} with an identity`,
    withIdentity(status, { Location: "http://127.0.0.1:1/verified", "Set-Cookie": "session=evil" }),
  ]),
];

/** Whatever the gate does that is no answer to a credential. */
export const gateOutcomes: { outcome: string; play: (gate: StubGate) => Promise<void> | void }[] = [
  { outcome: "a gate that refuses connections", play: (gate) => gate.refuseConnections() },
  ...answers.map(([outcome, behave]) => ({
    outcome,
    play: (gate: StubGate) => {
      gate.behave = behave;
    },
  })),
];
