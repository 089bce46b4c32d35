import { problemText } from "../answer";
import { PROBLEMS, Problem, type ProblemCode } from "../problem";
import { oauthErrorAnswer, type ProblemAnswer, problemAnswer } from "../problem-answer";
import { problemsOf } from "../problems-of";
import type { Endpoint } from "../reference/endpoint";
import { problemHeadersOf } from "./headers";
import type { Schemas } from "./schemas";

const REQUEST_ID = "5a2d1f0e-8a1b-4a53-9f2b-0f3f6b8f7c9e";

/** What the answer to one call says beside the sentence of its code, for the codes where it says more. */
const SAID_BESIDE: Partial<Record<ProblemCode, Problem["options"]>> = {
  insufficient_scope: { detail: "This needs the permission members:read." },
  address_not_allowed: { detail: "This call came from 198.51.100.7." },
  rate_limited: { detail: "This token may make 600 calls a minute." },
  invalid_input: { errors: [{ field: "name", detail: "Enter a name." }] },
};

/** One example of each problem, made by what makes the real ones. */
export const problemExamples = () =>
  Object.fromEntries(
    (Object.keys(PROBLEMS) as ProblemCode[]).map((code) => [
      code,
      { summary: PROBLEMS[code].sentence, value: problemExample(code) },
    ]),
  );

const problemExample = (code: ProblemCode): ProblemAnswer =>
  JSON.parse(problemText(new Problem(code, SAID_BESIDE[code]), REQUEST_ID));

/** The answers of an endpoint where all is not well, by status. */
export function problemResponses(endpoint: Endpoint, schemas: Schemas): Record<string, object> {
  const problems = byStatus(problemsOf(endpoint), (code) => PROBLEMS[code].status);
  // 401 where the client is not known, else 400 (RFC 6749, 5.2).
  const errors = byStatus(endpoint.oauthErrors ?? [], (error) => (error === "invalid_client" ? 401 : 400));
  const statuses = [...new Set([...problems.keys(), ...errors.keys()])];
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = problems.get(status) ?? [];
      const own = errors.get(status) ?? [];
      return [
        status,
        {
          description: [
            ...codes.map((code) => `\`${code}\`: ${PROBLEMS[code].sentence}`),
            ...own.map((error) => `\`${error}\`, as in RFC 6749, 5.2.`),
          ].join("\n\n"),
          headers: problemHeadersOf(endpoint, status, codes.includes("rotated_just_now")),
          content: {
            ...(codes.length > 0 ? { "application/problem+json": problemContent(codes, status, schemas) } : {}),
            ...(own.length > 0 ? { "application/json": errorContent(own, schemas) } : {}),
          },
        },
      ];
    }),
  );
}

const problemContent = (codes: readonly ProblemCode[], status: number, schemas: Schemas) => ({
  schema: {
    allOf: [
      schemas.ofAnswer(problemAnswer),
      { type: "object", properties: { status: { const: status }, code: { enum: codes } } },
    ],
  },
  examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
});

const errorContent = (errors: readonly string[], schemas: Schemas) => ({
  schema: {
    allOf: [schemas.ofAnswer(oauthErrorAnswer), { type: "object", properties: { error: { enum: errors } } }],
  },
});

function byStatus<T>(all: readonly T[], statusOf: (one: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) groups.set(statusOf(one), [...(groups.get(statusOf(one)) ?? []), one]);
  return groups;
}
