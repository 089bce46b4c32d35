import type { IncomingMessage, ServerResponse } from "node:http";
import type { Db } from "@/db/client";
import type { Permission } from "@/lib/access/permission";
import { requestIdFrom } from "@/lib/auth/request-id";
import type { Admit } from "@/lib/authority/admit";
import { admissionHeaders } from "@/lib/http/admission-headers";
import { admissionProblem } from "@/lib/http/admission-problem";
import { problemOf } from "@/lib/http/problem-of";
import { type Checking, introspect } from "@/lib/oauth/introspect";
import { PlainToken } from "@/lib/tokens/token-secret";
import { addressOf, admitCall } from "./admit-call";
import { sendJson, sendProblem } from "./gate-answer";
import { readForm } from "./read-form";
import { readSentHeaders } from "./sent-headers";

export interface IntrospectParts {
  admit: Admit;
  checking: Checking;
  db: Db;
  /** `iss` of the answers. */
  issuer: string;
  trustedProxies: number;
}

const NEEDED: readonly Permission[] = ["tokens:read"];

/** Token introspection (RFC 7662): a token in a form, asked by the holder of another that may read tokens. */
export async function answerIntrospect(
  request: IncomingMessage,
  response: ServerResponse,
  { admit, checking, db, issuer, trustedProxies }: IntrospectParts,
): Promise<void> {
  const sent = readSentHeaders(request.rawHeaders);
  const requestId = requestIdFrom(sent.requestId);
  const ip = addressOf(request, sent, trustedProxies);
  let headers: Record<string, string> = {};
  try {
    const admission = await admitCall(admit, { ...sent, originals: [request.url ?? ""] }, request, {
      permissions: NEEDED,
      ip,
      requestId,
    });
    headers = admissionHeaders(admission, NEEDED);
    if (!admission.ok) throw admissionProblem(admission, NEEDED, ip);
    const { token } = await readForm(request, response, ["token", "token_type_hint"]);
    const ctx = { db, now: new Date(), origin: { requestId, ip } };
    const found = await introspect(admission.actor, new PlainToken(token), { checking, issuer, ctx });
    sendJson(response, requestId, found, headers);
  } catch (error) {
    sendProblem(response, requestId, problemOf(error, { request_id: requestId }), { headers });
  }
}
