import type { ProxyName } from "@/examples/protected-api/recipe";
import { admissionGuarantees } from "./admission-guarantees";
import { identityGuarantees } from "./identity-guarantees";
import { type Differences, describeProxy } from "./proxy-under-test";
import { requestGuarantees } from "./request-guarantees";

/** What every proxy with its recipe keeps to. */
export const proxyGuarantees = (name: ProxyName, differs: Differences = {}): Promise<void> =>
  describeProxy(name, differs, (t) => {
    admissionGuarantees(t);
    identityGuarantees(t);
    requestGuarantees(t);
  });
