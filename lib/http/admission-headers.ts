import type { Admission, AdmissionRefusal, Call } from "@/lib/authority/admit";
import type { Allowance } from "@/lib/authority/call-limits";

const REALM = `Bearer realm="latchkey"`;

/** The challenge to a request without a credential (RFC 6750, 3). */
export const NO_CREDENTIAL_CHALLENGE = REALM;

/** The challenge to one that does not work. */
export const INVALID_TOKEN_CHALLENGE = `${REALM}, error="invalid_token"`;

/** The challenge to one whose credential stands in the wrong place, or beside another. */
export const INVALID_REQUEST_CHALLENGE = `${REALM}, error="invalid_request"`;

/** What an answer tells of the check, whichever server gives it: the challenge, the limits, when to come again, the expiry. */
export function admissionHeaders(admission: Admission, permissions: Call["permissions"]): Record<string, string> {
  const { token, allowances } = admission;
  const headers = allowanceHeaders(allowances);
  if (token?.expiresAt) headers["Latchkey-Token-Expires"] = new Date(token.expiresAt).toISOString();
  if (admission.ok) return headers;
  if (admission.retryAfter !== null) headers["Retry-After"] = String(admission.retryAfter);
  const challenge = challengeOf(admission.code, permissions);
  if (challenge) headers["WWW-Authenticate"] = challenge;
  return headers;
}

/** What is left of the limits that the call was held to; nothing where there are none. */
export function allowanceHeaders(allowances: readonly Allowance[]): Record<string, string> {
  if (allowances.length === 0) return {};
  return {
    "RateLimit-Policy": allowances.map(policyItem).join(", "),
    RateLimit: allowances.map(allowanceItem).join(", "),
  };
}

function challengeOf(code: AdmissionRefusal, permissions: Call["permissions"]): string | null {
  switch (code) {
    case "invalid_token":
    case "client_secret_not_accepted":
      return INVALID_TOKEN_CHALLENGE;
    case "insufficient_scope":
      return `${REALM}, error="insufficient_scope", scope="${permissions.join(" ")}"`;
    case "address_not_allowed":
    case "rate_limited":
    case "too_many_misses":
    case "unavailable":
      return null;
  }
}

// As draft-ietf-httpapi-ratelimit-headers-11 has them: quota and window; what is left, and for how many seconds no more is.
const policyItem = ({ of, limit }: Allowance) => `"${of}";q=${limit};w=60`;
const allowanceItem = ({ of, remaining, reset }: Allowance) => `"${of}";r=${remaining};t=${reset}`;
