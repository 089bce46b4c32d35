import type { Environment } from "@/lib/env";
import { spawnNext } from "./child-process";
import { localAddress } from "./ports";
import { awaitServer, type ServerProcess, type ServerProcessOptions } from "./server-process";

export interface WebServerOptions extends Pick<ServerProcessOptions, "signal" | "onEnd"> {
  env: Environment;
  variables: Readonly<Record<string, string>>;
  development: boolean;
}

/** Starts Next and waits until `/readyz` says that it can serve. */
export async function startWebServer({
  env,
  variables,
  development,
  signal,
  onEnd,
}: WebServerOptions): Promise<ServerProcess> {
  signal.throwIfAborted();
  const child = spawnNext({
    args: [development ? "dev" : "start", "--port", String(env.PORT), "--hostname", env.HOST],
    variables: {
      ...variables,
      NODE_ENV: development ? "development" : "production",
      LATCHKEY_QUIET: development ? undefined : "1",
    },
    output: "inherit",
  });
  const address = localAddress(env.HOST, env.PORT);
  const server = await awaitServer({ name: "The web server", child, address, signal, onEnd });
  child.send("ready");
  return server;
}
