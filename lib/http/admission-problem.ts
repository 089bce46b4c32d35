import type { Admission, Admitted, Call, Refused } from "@/lib/authority/admit";
import { allowanceHeaders } from "./admission-headers";
import { OAuthError, oauthErrorOf } from "./oauth-error";
import { Problem } from "./problem";

/** Why a call is not let in, with what its sender may know of the reason. */
export const admissionProblem = (refused: Refused, permissions: Call["permissions"], ip: string | null): Problem =>
  new Problem(refused.code, { detail: detailOf(refused, permissions, ip) });

/**
 * A client that was let in by its ID and secret. What its limits leave goes into `headers`, for whatever is answered. Throws
 * `OAuthError`.
 */
export function admittedClient(
  admission: Admission,
  { ip, headers }: { ip: string | null; headers: Record<string, string> },
): Admitted {
  Object.assign(headers, allowanceHeaders(admission.allowances));
  if (admission.ok) return admission;
  if (admission.retryAfter !== null) headers["Retry-After"] = String(admission.retryAfter);
  if (admission.code !== "invalid_token") throw oauthErrorOf(admissionProblem(admission, [], ip));
  throw new OAuthError("invalid_client", "The client ID or the client secret is not valid.");
}

function detailOf(refused: Refused, permissions: Call["permissions"], ip: string | null): string | undefined {
  switch (refused.code) {
    case "insufficient_scope":
      return `This needs the permission${permissions.length === 1 ? "" : "s"} ${permissions.join(" and ")}.`;
    case "address_not_allowed":
      return ip === null ? "Where this call comes from is not known." : `This call came from ${ip}.`;
    case "rate_limited":
      return limitOf(refused);
    default:
      return undefined;
  }
}

/** Whose limit it was: of two, the one that has to be waited for. */
function limitOf({ allowances, retryAfter }: Refused): string | undefined {
  const over = allowances.find(({ remaining, reset }) => remaining === 0 && reset === retryAfter);
  if (!over) return undefined;
  const whose = over.of === "token" ? "This token" : "All tokens of the organization together";
  return `${whose} may make ${over.limit.toLocaleString("en")} ${over.limit === 1 ? "call" : "calls"} a minute.`;
}
