import type { AdmissionRefusal, Call } from "@/lib/authority/admit";
import { Problem } from "./problem";

/** Why a call is not let in, with what its sender may know of the reason. */
export const admissionProblem = (
  code: AdmissionRefusal,
  permissions: Call["permissions"],
  ip: string | null,
): Problem => new Problem(code, { detail: detailOf(code, permissions, ip) });

function detailOf(code: AdmissionRefusal, permissions: Call["permissions"], ip: string | null): string | undefined {
  switch (code) {
    case "insufficient_scope":
      return `This needs the permission${permissions.length === 1 ? "" : "s"} ${permissions.join(" and ")}.`;
    case "address_not_allowed":
      return ip === null ? "Where this call comes from is not known." : `This call came from ${ip}.`;
    default:
      return undefined;
  }
}
