import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import { log } from "@/lib/log";

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** How often a gate answered with which status. */
export class AnswerCounts {
  readonly byStatus = new Map<number, number>();

  add(status: number): void {
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1);
  }
}

/**
 * The answers of a server whose answers are counted, and at the level `debug` logged: by themselves, since a listener for
 * each would cost more.
 */
export function countedResponses(counts: AnswerCounts): typeof ServerResponse<IncomingMessage> {
  const tells = log().isLevelEnabled("debug");
  return class extends ServerResponse<IncomingMessage> {
    override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
      counts.add(status);
      if (tells) tell(this.req, status, typeof reason === "string" ? headers : reason);
      return typeof reason === "string" ? super.writeHead(status, reason, headers) : super.writeHead(status, reason);
    }
  };
}

/** The path alone: what follows it may hold what nobody should read later. */
function tell({ method, url = "" }: IncomingMessage, status: number, headers?: Headers): void {
  const flat = Array.isArray(headers) ? headers : [];
  const name = flat.indexOf("X-Request-Id");
  const requestId = name === -1 ? undefined : flat[name + 1];
  log().debug({ request_id: requestId, method, path: url.split("?", 1)[0], status }, "answered");
}
