import { connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/**
 * A way to the server of `url` that can be cut: `silence` lets nothing through and says nothing, as a network that drops
 * packets; `refuse` ends every connection and takes no new one; `mend` makes it whole again.
 */
export async function cuttableConnection(url: string) {
  const target = new URL(url);
  const pairs = new Set<[Socket, Socket]>();
  let way: "open" | "silent" | "refused" = "open";
  const server = createServer({ pauseOnConnect: true }, (client) => {
    if (way === "refused") return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    for (const [from, to] of [pair, [upstream, client]] as [Socket, Socket][]) {
      from.on("data", (chunk) => {
        if (way === "open") to.write(chunk);
      });
      from.on("error", () => {});
      from.on("close", () => {
        pairs.delete(pair);
        to.destroy();
      });
    }
    client.resume();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const drop = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  onTestFinished(() => {
    drop();
    server.close();
  });
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String((server.address() as { port: number }).port);
  return {
    url: through.href,
    silence: () => {
      way = "silent";
    },
    refuse: () => {
      way = "refused";
      drop();
    },
    /** What was under way when it was silenced is lost. */
    mend: () => {
      way = "open";
      drop();
    },
  };
}
