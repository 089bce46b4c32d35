import { proxyGuarantees } from "./guarantees";

await proxyGuarantees("nginx", { ownBodies: true });
