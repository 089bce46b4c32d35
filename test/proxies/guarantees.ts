import { admissionGuarantees } from "./admission-guarantees";
import { identityGuarantees } from "./identity-guarantees";
import { type Differences, describeProxy } from "./proxy-under-test";
import { requestGuarantees } from "./request-guarantees";
import type { ProxyName } from "./start-proxy";

/** What every proxy with its recipe keeps to. */
export const proxyGuarantees = (name: ProxyName, differs: Differences = {}): Promise<void> =>
  describeProxy(name, differs, (t) => {
    admissionGuarantees(t);
    identityGuarantees(t);
    requestGuarantees(t);
  });
