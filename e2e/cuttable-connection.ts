import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A port through which another one is reached, until it is cut. */
export interface CuttableConnection {
  port: number;
  /** Ends every connection; a new one is refused, as by a machine that is up where nothing listens. */
  cut(): Promise<void>;
  /** Keeps every connection and takes new ones, and nothing comes through any more, as where a cable is pulled. */
  silence(): void;
  /** As it was at first. What waited in silence comes through. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a port on this machine that leads to `target`. */
export async function cuttableConnection(target: number): Promise<CuttableConnection> {
  const pairs = new Set<[Socket, Socket]>();
  let silent = false;
  const hush = (sockets: Iterable<Socket>) => {
    for (const socket of sockets)
      if (silent) socket.pause();
      else socket.resume();
  };

  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("data", (chunk) => to.write(chunk));
      from.on("error", () => {});
      from.on("close", () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
    hush(pair);
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  const { port } = address;

  const cut = async () => {
    const closed = server.listening ? once(server, "close") : null;
    server.close();
    for (const socket of [...pairs].flat()) socket.destroy();
    await closed;
  };
  return {
    port,
    cut,
    silence: () => {
      silent = true;
      hush([...pairs].flat());
    },
    mend: async () => {
      silent = false;
      hush([...pairs].flat());
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
