import type { OAuthErrorCode } from "@/lib/http/oauth-error-codes";
import type { ProblemCode } from "@/lib/http/problem";

/** What may be wrong with a credential whose secret is right. Its sender hears one and the same answer to all of them. */
export const CREDENTIAL_REASONS = [
  "expired",
  "deleted",
  "issuer_deactivated",
  "tokens_disabled",
  "client_secret",
] as const;
export type CredentialReason = (typeof CREDENTIAL_REASONS)[number];

/** What refused a call: what is wrong with its credential, or the problem or the error of OAuth that was answered. */
export type RefusedCode = CredentialReason | ProblemCode | OAuthErrorCode;
