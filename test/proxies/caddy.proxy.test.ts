import { proxyGuarantees } from "./guarantees";

await proxyGuarantees("caddy");
