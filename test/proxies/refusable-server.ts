import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that can stop taking connections, and take them again at the port that it had. */
export abstract class RefusableServer {
  port = 0;
  #server: Server | undefined;

  /** One that does not listen yet. */
  protected abstract create(): Server;

  async listen(): Promise<void> {
    if (this.#server) return;
    const server = this.create();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(this.port, "127.0.0.1", resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** From then on every connection is refused. */
  async refuseConnections(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    server.closeAllConnections();
    await closed;
  }
}
