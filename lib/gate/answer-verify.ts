import type { IncomingMessage, ServerResponse } from "node:http";
import type { Permission } from "@/lib/access/permission";
import { requestIdFrom } from "@/lib/auth/request-id";
import type { Admission, Admit } from "@/lib/authority/admit";
import { admissionHeaders, INVALID_REQUEST_CHALLENGE } from "@/lib/http/admission-headers";
import { admissionProblem } from "@/lib/http/admission-problem";
import { PROBLEMS } from "@/lib/http/problem";
import { problemOf } from "@/lib/http/problem-of";
import { addressOf, admitCall } from "./admit-call";
import type { GateTarget } from "./gate-address";
import { sendProblem } from "./gate-answer";
import { allowedHeaders } from "./identity-headers";
import { readSentHeaders, type SentHeaders } from "./sent-headers";

interface Asked {
  sent: SentHeaders;
  requestId: string;
  permissions: readonly Permission[];
  audiences: readonly string[] | null;
  ip: string | null;
}

/**
 * Forward-auth: whether the request that a proxy holds may go on. 200 with who it is, or 401, 403 or 429; 503 where that
 * cannot be known now. Whatever else it may be, it is never a redirect, and nothing but a 200 lets anybody in.
 */
export function answerVerify(
  request: IncomingMessage,
  response: ServerResponse,
  { admit, trustedProxies }: { admit: Admit; trustedProxies: number },
  { permissions, audiences, original }: Omit<Extract<GateTarget, { kind: "verify" }>, "kind">,
): void {
  const sent = readSentHeaders(request.rawHeaders);
  // A proxy may announce the client's body and keep it: what comes next on this connection then is nobody's request.
  if (sent.hasBody) response.shouldKeepAlive = false;
  if (original !== null) sent.originals = [...sent.originals, original];
  const asked = {
    sent,
    requestId: requestIdFrom(sent.requestId),
    permissions,
    audiences,
    ip: addressOf(request, sent, trustedProxies),
  };
  try {
    const admission = admitCall(admit, sent, request, asked);
    if (admission instanceof Promise) {
      admission
        .then((late) => answer(response, asked, late))
        .catch((error: unknown) => refuse(response, asked.requestId, error));
    } else answer(response, asked, admission);
  } catch (error) {
    refuse(response, asked.requestId, error);
  }
}

function answer(response: ServerResponse, { requestId, permissions, ip }: Asked, admission: Admission): void {
  if (admission.ok) {
    response.writeHead(200, allowedHeaders(admission, requestId));
    response.end();
    return;
  }
  sendProblem(response, requestId, admissionProblem(admission, permissions, ip), {
    headers: admissionHeaders(admission, permissions),
  });
}

/** Proxies know 401 and 403 for a credential; what the API says with 400 is 401 here, and every 401 has its challenge. */
function refuse(response: ServerResponse, requestId: string, error: unknown): void {
  const problem = problemOf(error, { request_id: requestId });
  const asOthersSayIt = { status: 401, headers: { "WWW-Authenticate": INVALID_REQUEST_CHALLENGE } };
  sendProblem(response, requestId, problem, PROBLEMS[problem.code].status === 400 ? asOthersSayIt : {});
}
