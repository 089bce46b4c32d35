import type { IncomingMessage } from "node:http";
import { refuseInAddress, requireCredential } from "@/lib/auth/read-credential";
import type { Admission, Admit, Call } from "@/lib/authority/admit";
import { clientAddress } from "@/lib/authority/client-address";
import type { SentHeaders } from "./sent-headers";

/**
 * Has the credential of a request checked, by the rules of the API. At once where the answer is in memory. Throws `Problem`
 * where there is no credential, two, or one in an address.
 */
export function admitCall(
  admit: Admit,
  sent: SentHeaders,
  { method, url }: Pick<IncomingMessage, "method" | "url">,
  { permissions, audiences, ip, requestId }: Pick<Call, "permissions" | "audiences" | "ip" | "requestId">,
): Admission | Promise<Admission> {
  for (const address of sent.originals) refuseInAddress(address);
  const credential = requireCredential(sent.authorization);
  // What a proxy asks about is the client's own request, as far as it tells.
  const request = { method: sent.method ?? method, url: sent.originals.at(-1) ?? url };
  return admit({ credential, permissions, audiences, ip, agent: sent.agent, requestId, request });
}

/** Where a request came from, as far as the proxies in front of the gate may say. */
export const addressOf = (request: IncomingMessage, { forwardedFor }: SentHeaders, trustedProxies: number) =>
  clientAddress({ peer: request.socket.remoteAddress ?? null, forwardedFor, trustedProxies });
