import type { IncomingMessage, ServerResponse } from "node:http";
import type { Db } from "@/db/client";
import type { Actor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import { readClientCredentials } from "@/lib/auth/client-credentials";
import { refuseInAddress } from "@/lib/auth/read-credential";
import { requestIdFrom } from "@/lib/auth/request-id";
import type { Authority } from "@/lib/authority/create-authority";
import { admissionHeaders } from "@/lib/http/admission-headers";
import { admissionProblem, admittedClient } from "@/lib/http/admission-problem";
import { oauthErrorFrom, problemOf } from "@/lib/http/problem-of";
import { type Checking, introspect } from "@/lib/oauth/introspect";
import { PlainToken } from "@/lib/tokens/token-secret";
import { addressOf, admitCall } from "./admit-call";
import { sendJson, sendOAuthError, sendProblem } from "./gate-answer";
import { readForm } from "./read-form";
import { readSentHeaders, type SentHeaders } from "./sent-headers";

export interface IntrospectParts {
  doors: Pick<Authority, "admit" | "admitClient">;
  checking: Checking;
  db: Db;
  /** `iss` of the answers. */
  issuer: string;
  /** Whom an access token must be for that asks as Bearer: what is for another API opens nothing of ours. */
  audience: string;
  trustedProxies: number;
}

const NEEDED: readonly Permission[] = ["tokens:read"];
const BASIC = /^\s*basic(?:\s|$)/i;

/**
 * Token introspection (RFC 7662): a token in a form, asked by the holder of another that may read tokens, or by a client that
 * shows its ID and secret. Who comes as a client hears OAuth's own errors.
 */
export async function answerIntrospect(
  request: IncomingMessage,
  response: ServerResponse,
  { doors, checking, db, issuer, audience, trustedProxies }: IntrospectParts,
): Promise<void> {
  const sent = readSentHeaders(request.rawHeaders);
  const requestId = requestIdFrom(sent.requestId);
  const call: Asking = { request, sent, requestId, ip: addressOf(request, sent, trustedProxies), headers: {} };
  const isClient = BASIC.test(sent.authorization ?? "");
  try {
    const actor = await (isClient ? admitClient(doors, call) : admitBearer(doors, audience, call));
    const { token } = await readForm(request, response, ["token", "token_type_hint"]);
    const ctx = { db, now: new Date(), origin: { requestId, ip: call.ip } };
    const found = await introspect(actor, new PlainToken(token), { checking, issuer, ctx });
    sendJson(response, requestId, found, call.headers);
  } catch (error) {
    if (!isClient) {
      sendProblem(response, requestId, problemOf(error, { request_id: requestId }), { headers: call.headers });
      return;
    }
    sendOAuthError(response, requestId, oauthErrorFrom(error, { request_id: requestId }), call.headers);
  }
}

interface Asking {
  request: IncomingMessage;
  sent: SentHeaders;
  requestId: string;
  ip: string | null;
  /** Told with the answer, whatever it is. */
  headers: Record<string, string>;
}

async function admitBearer({ admit }: IntrospectParts["doors"], audience: string, call: Asking): Promise<Actor> {
  const { request, sent, ip, requestId } = call;
  const originals = [request.url ?? ""];
  const asked = { permissions: NEEDED, audiences: [audience], ip, requestId };
  const admission = await admitCall(admit, { ...sent, originals }, request, asked);
  call.headers = admissionHeaders(admission, NEEDED);
  if (!admission.ok) throw admissionProblem(admission, NEEDED, ip);
  return admission.actor;
}

async function admitClient({ admitClient: admit }: IntrospectParts["doors"], call: Asking): Promise<Actor> {
  const { request, sent, ip, requestId } = call;
  refuseInAddress(request.url ?? "");
  const credentials = readClientCredentials(sent.authorization, new Map());
  const asked = { method: request.method, url: request.url };
  const admission = await admit({ ...credentials, ip, agent: sent.agent, requestId, request: asked });
  return admittedClient(admission, call).actor;
}
