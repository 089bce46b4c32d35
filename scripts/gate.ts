import { existsSync } from "node:fs";
import { authority } from "@/lib/authority/authority";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import { startGate } from "@/lib/gate/start-gate";
import { readiness } from "@/lib/http/readiness";
import { log } from "@/lib/log";

if (existsSync(".env")) process.loadEnvFile(".env");
const { HOST, GATE_PORT, GATE_TRUSTED_PROXIES, PUBLIC_URL } = env();
const checking = authority();
checking.start();
const gate = await startGate(
  { authority: checking, db: database().db, readiness, publicUrl: PUBLIC_URL, trustedProxies: GATE_TRUSTED_PROXIES },
  { host: HOST, port: GATE_PORT ?? 0 },
);
log().info({ url: gate.url }, "the gate is ready");
process.once("SIGTERM", () => {
  void gate
    .drain()
    .then(() => checking.close())
    .finally(() => process.exit(143));
});
