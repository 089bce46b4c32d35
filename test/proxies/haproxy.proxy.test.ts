import { proxyGuarantees } from "./guarantees";

await proxyGuarantees("haproxy", { knownLengthOnly: true });
