import { headers } from "next/headers";
import { clientAddress } from "@/lib/authority/client-address";
import type { Context, Origin } from "@/lib/context";
import { database } from "@/lib/database";
import { env } from "@/lib/env";
import { PEER_HEADER } from "./peer-address";
import { requestIdFrom } from "./request-id";

/** Where a request came from, by what its headers may be trusted to say. */
export function originOf(requestHeaders: Headers): Origin & { requestId: string } {
  return {
    requestId: requestIdFrom(requestHeaders.get("x-request-id")),
    ip: clientAddress({
      peer: requestHeaders.get(PEER_HEADER),
      forwardedFor: requestHeaders.get("x-forwarded-for"),
      trustedProxies: env().TRUSTED_PROXIES,
    }),
  };
}

/** What a verb called from a page or an action needs: the pool, the moment, the origin. */
export async function requestContext(): Promise<Context> {
  return contextFrom(originOf(await headers()));
}

/** The same for a route, which knows where its request came from. */
export const contextFrom = (origin: Origin): Context => ({ db: database().db, now: new Date(), origin });
