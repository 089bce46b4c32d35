import { STATUS_CODES } from "node:http";
import { OAUTH_ERRORS, type OAuthErrorCode } from "../oauth-error-codes";
import { PROBLEMS, type ProblemCode } from "../problem";
import { CONSOLE_TEXTS } from "./console-texts";
import { CREATING_TEXTS } from "./creating-texts";
import { CREDENTIAL_TEXTS } from "./credential-texts";
import { LOGIN_TEXTS } from "./login-texts";
import { OAUTH_TEXTS } from "./oauth-texts";
import { PEOPLE_TEXTS } from "./people-texts";
import type { ProblemText } from "./problem-text";
import { REQUEST_TEXTS } from "./request-texts";
import { ROLE_TEXTS } from "./role-texts";
import { ROTATING_TEXTS } from "./rotating-texts";
import { SERVER_TEXTS } from "./server-texts";

/** What stands at each problem's `type`. A code without its text does not compile. */
const TEXTS: Record<ProblemCode, ProblemText> = {
  ...REQUEST_TEXTS,
  ...CREDENTIAL_TEXTS,
  ...CREATING_TEXTS,
  ...ROTATING_TEXTS,
  ...PEOPLE_TEXTS,
  ...ROLE_TEXTS,
  ...LOGIN_TEXTS,
  ...CONSOLE_TEXTS,
  ...SERVER_TEXTS,
};

/** `oauth` is answered as RFC 6749 has it, and not as a problem. */
type Kind = { kind: "problem"; code: ProblemCode } | { kind: "oauth"; code: OAuthErrorCode };

export type ProblemPage = ProblemText & { status: number; sentence: string } & Kind;

/** Every page, by the code that its address ends with. */
export const PROBLEM_PAGES: ReadonlyMap<string, ProblemPage> = new Map<string, ProblemPage>([
  ...(Object.keys(OAUTH_TEXTS) as OAuthErrorCode[]).map(
    (code) => [code, { ...OAUTH_TEXTS[code], status: OAUTH_ERRORS[code], code, kind: "oauth" }] as const,
  ),
  ...(Object.keys(TEXTS) as ProblemCode[]).map(
    (code) => [code, { ...TEXTS[code], ...PROBLEMS[code], code, kind: "problem" }] as const,
  ),
]);

/** All of them below their statuses, these upwards and the codes by the alphabet. */
export function pagesByStatus() {
  const pages = [...PROBLEM_PAGES.values()].sort((a, b) => a.code.localeCompare(b.code, "en"));
  const statuses = [...new Set(pages.map(({ status }) => status))].sort((a, b) => a - b);
  return statuses.map((status) => ({
    status,
    reason: STATUS_CODES[status] ?? "",
    problems: pages.filter((page) => page.status === status).map(({ code, sentence }) => ({ code, sentence })),
  }));
}
