import { createServer } from "node:net";
import type { Environment } from "@/lib/env";
import { errorCode, StartProblem } from "./start-problem";

interface Place {
  /** The setting that says which port. */
  name: "PORT" | "GATE_PORT";
  port: number;
  host: string;
}

/** Refuses ports that are taken before anything else is started for them. */
export async function checkPorts({ HOST, PORT, GATE_HOST, GATE_PORT }: Environment): Promise<void> {
  await probe({ name: "PORT", port: PORT, host: HOST });
  if (GATE_PORT !== null) await probe({ name: "GATE_PORT", port: GATE_PORT, host: GATE_HOST });
}

function probe(place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error) => reject(listenProblem(error, place)));
    server.listen(place.port, place.host, () => server.close(() => resolve()));
  });
}

/** Why it cannot listen there, as a sentence where there is one. */
export function listenProblem(error: unknown, { name, port, host }: Place): unknown {
  const setting = name === "PORT" ? "HOST" : "GATE_HOST";
  const reasons: Record<string, string> = {
    EADDRINUSE: `${name} ${port} is already in use on ${host}: stop what listens there, or set ${name} to another one.`,
    EACCES: `${name} ${port} may not be used by this user: set ${name} to one above 1023.`,
    EADDRNOTAVAIL: `${setting} ${host} is not an address of this machine.`,
    ENOTFOUND: `${setting} ${host} is not a name that this machine knows.`,
  };
  const reason = reasons[errorCode(error) ?? ""];
  return reason ? new StartProblem(reason) : error;
}

/** Where a server that listens on `host` is reached from this machine. */
export function localAddress(host: string, port: number): string {
  const reached = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`;
}
