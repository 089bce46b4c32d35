import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A port through which another one is reached, until it is cut. */
export interface CuttableConnection {
  port: number;
  /** Ends every connection; a new one is refused, as by a machine that is up where nothing listens. */
  cut(): Promise<void>;
  /**
   * Keeps every connection and takes new ones, and nothing comes through any more, as where a cable is pulled; with a text,
   * only on those whose first words hold it.
   */
  silence(containing?: string): void;
  /** As it was at first. What waited in silence comes through. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a port on this machine that leads to `target`. */
export async function cuttableConnection(target: number): Promise<CuttableConnection> {
  /** With what each said first. */
  const pairs = new Map<[Socket, Socket], string>();
  /** What silenced ones said first; null where none are. */
  let silent: string | null = null;
  const hush = () => {
    for (const [pair, words] of pairs) {
      for (const socket of pair)
        if (silent !== null && words.includes(silent)) socket.pause();
        else socket.resume();
    }
  };

  const server = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    const pair: [Socket, Socket] = [near, far];
    pairs.set(pair, "");
    near.once("data", (chunk) => {
      pairs.set(pair, chunk.toString("latin1"));
      hush();
    });
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
    hush();
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
    for (const socket of [...pairs.keys()].flat()) socket.destroy();
    await closed;
  };
  return {
    port,
    cut,
    silence: (containing = "") => {
      silent = containing;
      hush();
    },
    mend: async () => {
      silent = null;
      hush();
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
