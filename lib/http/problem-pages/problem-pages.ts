import { STATUS_CODES } from "node:http";
import { OAUTH_ERRORS, type OAuthErrorCode } from "../oauth-error-codes";
import { PROBLEMS, type ProblemCode } from "../problem";
import { OAUTH_TEXTS } from "./oauth-texts";
import type { ProblemText } from "./problem-text";
import { PROBLEM_TEXTS } from "./problem-texts";

/** `oauth` is answered as RFC 6749 has it, and not as a problem. */
type Kind = { kind: "problem"; code: ProblemCode } | { kind: "oauth"; code: OAuthErrorCode };

export type ProblemPage = ProblemText & { status: number; sentence: string } & Kind;

/** Every page, by the code that its address ends with. */
export const PROBLEM_PAGES: ReadonlyMap<string, ProblemPage> = new Map<string, ProblemPage>([
  ...(Object.keys(OAUTH_TEXTS) as OAuthErrorCode[]).map(
    (code) => [code, { ...OAUTH_TEXTS[code], status: OAUTH_ERRORS[code], code, kind: "oauth" }] as const,
  ),
  ...(Object.keys(PROBLEM_TEXTS) as ProblemCode[]).map(
    (code) => [code, { ...PROBLEM_TEXTS[code], ...PROBLEMS[code], code, kind: "problem" }] as const,
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
