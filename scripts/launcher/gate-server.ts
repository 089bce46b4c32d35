import { spawnChild } from "./child-process";
import { localAddress } from "./ports";
import { awaitServer, type ServerProcess, type ServerProcessOptions } from "./server-process";

export interface GateServerOptions extends Pick<ServerProcessOptions, "signal" | "onEnd"> {
  host: string;
  port: number;
  variables: Readonly<Record<string, string>>;
}

/** Starts the gate beside the web server, with the same settings but for what only signing in needs. */
export function startGateServer({ host, port, variables, signal, onEnd }: GateServerOptions): Promise<ServerProcess> {
  signal.throwIfAborted();
  const child = spawnChild({
    args: ["scripts/gate.mjs"],
    variables: { ...variables, AUTH_SECRET: "", NODE_ENV: "production", LATCHKEY_QUIET: "1" },
    output: "inherit",
  });
  return awaitServer({ name: "The gate", child, address: localAddress(host, port), signal, onEnd });
}
