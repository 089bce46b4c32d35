import { z } from "zod";
import { OAUTH_ERRORS, type OAuthErrorCode } from "./oauth-error-codes";
import { PROBLEMS, type Problem, type ProblemCode } from "./problem";

const codes = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];
const errors = Object.keys(OAUTH_ERRORS) as [OAuthErrorCode, ...OAuthErrorCode[]];

/** A problem as RFC 9457 writes it, with what the API adds. */
export const problemAnswer = z
  .object({
    type: z.url().describe("A page that says what happened, why, and how to mend it."),
    title: z.string().describe("One sentence, the same for every organization."),
    status: z.int().describe("That of the answer."),
    detail: z.string().optional().describe("What this one call was about."),
    code: z.enum(codes).describe("What programs branch on."),
    request_id: z.string().describe("As in X-Request-Id; finds the call in the log."),
    errors: z
      .array(
        z.object({
          field: z.string().describe("As in the input; parts of a path are joined by dots."),
          detail: z.string().describe("What is wrong with it, in a sentence."),
        }),
      )
      .optional()
      .describe("The fields that are wrong, where it is the input's fault."),
  })
  .meta({ id: "Problem" });

export type ProblemAnswer = z.output<typeof problemAnswer>;

/** The page that says what a problem means and how to mend it. Stable: clients may compare it, though `code` is shorter. */
export const problemPage = (code: string, publicUrl: string) => `${publicUrl}/docs/problems/${code}`;

/** A problem as it is answered; with `status`, under another than its own. */
export function problemBody(
  { code, options }: Problem,
  { requestId, publicUrl, status }: { requestId: string; publicUrl: string; status?: number },
): ProblemAnswer {
  return {
    type: problemPage(code, publicUrl),
    title: PROBLEMS[code].sentence,
    status: status ?? PROBLEMS[code].status,
    ...(options.detail ? { detail: options.detail } : {}),
    code,
    request_id: requestId,
    ...(options.errors ? { errors: options.errors } : {}),
  };
}

/** What OAuth's own endpoints answer instead (RFC 6749, 5.2), with a field of ours: further ones are passed over. */
export const oauthErrorAnswer = z
  .object({
    error: z.enum(errors).describe("What programs branch on."),
    error_description: z.string().describe("What is wrong, in a sentence."),
    error_uri: z.url().describe("A page that says what happened, why, and how to mend it."),
    request_id: z.string().describe("As in X-Request-Id; finds the call in the log. An addition to the RFC's fields."),
  })
  .meta({ id: "OAuthError" });

/** An error of OAuth as it is answered. `problem` is whose page explains it, where that is not its own. */
export const oauthErrorBody = (
  { error, description, problem }: { error: OAuthErrorCode; description: string; problem?: ProblemCode },
  { requestId, publicUrl }: { requestId: string; publicUrl: string },
): z.output<typeof oauthErrorAnswer> => ({
  error,
  error_description: description,
  error_uri: problemPage(problem ?? error, publicUrl),
  request_id: requestId,
});
