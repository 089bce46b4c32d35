import type { RefusedCall } from "./refusal-facts";
import { CREDENTIAL_REASONS, type RefusedCode } from "./refused-code";

const REASONS: ReadonlySet<RefusedCode> = new Set(CREDENTIAL_REASONS);

/** The code that the caller read: whatever is wrong with a credential, it is one and the same. */
export function answeredCode({ code, status }: Pick<RefusedCall, "code" | "status">): string {
  if (status !== 401 || !REASONS.has(code)) return code;
  return code === "client_secret" ? "client_secret_not_accepted" : "invalid_token";
}
