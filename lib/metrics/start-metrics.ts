import { collectDefaultMetrics, Registry } from "prom-client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import packageJson from "@/package.json" with { type: "json" };
import { addAuthorityMetrics, type WatchedAuthority } from "./authority-metrics";
import { type MetricsServer, startMetricsServer } from "./metrics-server";
import { addInfo } from "./registered";

export interface Watched {
  /** Which of the servers this process is. */
  server: "app" | "gate";
  /** Null where it is not to be watched. */
  port: number | null;
  authority: WatchedAuthority;
  /** What else the server has to tell. */
  add?: (registry: Registry) => void;
}

// Next loads a module once per bundle; one process has one such server.
const home = globalThis as { latchkeyMetrics?: MetricsServer | null };

/** Serves the metrics of this process on a port of their own, where one is set. Once a process. */
export function startMetrics({ server, port, authority, add = () => {} }: Watched): MetricsServer | null {
  if (home.latchkeyMetrics !== undefined) return home.latchkeyMetrics;
  home.latchkeyMetrics = null;
  if (port === null) return null;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  addInfo(
    registry,
    { name: "latchkey_build_info", help: "Always 1: what runs here." },
    { version: packageJson.version, server },
  );
  addAuthorityMetrics(registry, authority);
  add(registry);
  const started = startMetricsServer({ port, host: env().METRICS_HOST, registry });
  void started.listening.then((url) => log().info({ url }, "metrics are served"));
  home.latchkeyMetrics = started;
  return started;
}
