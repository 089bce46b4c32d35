import type { Call, Refused } from "@/lib/authority/admit";
import { Problem } from "./problem";

/** Why a call is not let in, with what its sender may know of the reason. */
export const admissionProblem = (refused: Refused, permissions: Call["permissions"], ip: string | null): Problem =>
  new Problem(refused.code, { detail: detailOf(refused, permissions, ip) });

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
