import { EXAMPLE_REQUEST_ID } from "../example-request-id";
import { type Endpoint, isConditional, takesIdempotencyKey } from "../reference/endpoint";

interface Header {
  description: string;
  required?: boolean;
  schema: { type: "string" | "integer"; format?: string };
  example?: string | number;
}

export const HEADERS = {
  "X-Request-Id": {
    description: "Names the call, in the log and to people. As in the request, where that had one.",
    required: true,
    schema: { type: "string" },
    example: EXAMPLE_REQUEST_ID,
  },
  "Latchkey-Token-Expires": {
    description: "When the credential of the call ends; left out where it never does.",
    schema: { type: "string", format: "date-time" },
    example: "2027-03-12T09:30:00.000Z",
  },
  "RateLimit-Policy": {
    description:
      "The limits that the call was held to: calls (q) in so many seconds (w). Left out where there are none.",
    schema: { type: "string" },
    example: '"token";q=600;w=60',
  },
  RateLimit: {
    description: "What is left of each (r), and for how many seconds no more is (t).",
    schema: { type: "string" },
    example: '"token";r=599;t=60',
  },
  "Retry-After": {
    description: "Seconds after which the call may be tried again.",
    schema: { type: "integer" },
    example: 2,
  },
  "WWW-Authenticate": {
    description: "How to authenticate, and what was wrong (RFC 6750, 3; RFC 7617, 2).",
    schema: { type: "string" },
    example: 'Bearer realm="latchkey", error="invalid_token"',
  },
  ETag: {
    description: "Of what was answered; sent back in If-None-Match, it saves the answer where nothing has changed.",
    schema: { type: "string" },
    example: '"3q2-7wJvQ1mQ"',
  },
  "Idempotency-Replayed": {
    description: "`true` where the call was answered before, to the same Idempotency-Key, and nothing was done again.",
    schema: { type: "string" },
    example: "true",
  },
} as const satisfies Record<string, Header>;

type HeaderName = keyof typeof HEADERS;

const refer = (names: readonly HeaderName[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

/** What every answer of an endpoint says. */
const standing = ({ credential }: Endpoint): HeaderName[] => [
  "X-Request-Id",
  ...(credential === "token" ? (["Latchkey-Token-Expires"] as const) : []),
  ...(credential === "token" || credential === "client" ? (["RateLimit-Policy", "RateLimit"] as const) : []),
];

/** Of what it answers where all is well. */
export const answerHeaders = (endpoint: Endpoint) => ({
  ...refer([
    ...standing(endpoint),
    ...(isConditional(endpoint) ? (["ETag"] as const) : []),
    ...(takesIdempotencyKey(endpoint) ? (["Idempotency-Replayed"] as const) : []),
  ]),
  ...Object.fromEntries(
    Object.entries(endpoint.headers ?? {}).map(([name, description]) => [
      name,
      { description, schema: { type: "string" } },
    ]),
  ),
});

/** Of a problem. */
export const problemHeadersOf = (endpoint: Endpoint, status: number, mayWait: boolean) =>
  refer([
    ...standing(endpoint),
    ...(status === 401 || (status === 403 && endpoint.credential === "token") ? (["WWW-Authenticate"] as const) : []),
    ...(status === 429 || status === 503 || mayWait ? (["Retry-After"] as const) : []),
  ]);
