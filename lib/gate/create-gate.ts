import type { IncomingMessage, ServerResponse } from "node:http";
import { requestIdFrom } from "@/lib/auth/request-id";
import { onceASecond } from "@/lib/authority/once-a-second";
import { Problem } from "@/lib/http/problem";
import { problemOf } from "@/lib/http/problem-of";
import { log } from "@/lib/log";
import { answerIntrospect } from "./answer-introspect";
import { answerVerify } from "./answer-verify";
import { type GateTarget, readGateAddress } from "./gate-address";
import { sendJson, sendProblem } from "./gate-answer";
import type { GateParts } from "./start-gate";

/** A proxy asks the same few addresses all day. Those that carry the client's own are never the same. */
const REMEMBERED = 256;

/** Answers a request to the gate. Never throws, and always answers. */
export function createGate(parts: GateParts): (request: IncomingMessage, response: ServerResponse) => void {
  const { authority, db, publicUrl, audiences, trustedProxies, readiness } = parts;
  const verifying = { admit: authority.admit, trustedProxies };
  const introspecting = {
    ...{ doors: authority, checking: authority, db, trustedProxies },
    ...{ issuer: publicUrl, audience: audiences.own },
  };
  const targets = new Map<string, GateTarget>();
  const complain = onceASecond((mistake) => log().error({ mistake }, "the configuration of a proxy has to be mended"));

  return (request, response) => {
    const target = targetOf(request.url ?? "");
    switch (target.kind) {
      case "verify":
        return answerVerify(request, response, verifying, target);
      case "introspect":
        return only(["POST"], request, response, () => void answerIntrospect(request, response, introspecting));
      case "healthz":
        return only(["GET", "HEAD"], request, response, (id) => sendJson(response, id, { status: "ok" }));
      case "readyz":
        return only(["GET", "HEAD"], request, response, (id) => void answerReadiness(response, id));
      case "misconfigured":
        complain(target.mistake);
        return sendProblem(response, idOf(request), new Problem("gate_misconfigured", { detail: target.mistake }));
      case "unknown":
        return sendProblem(response, idOf(request), new Problem("not_found", { detail: NOT_HERE }));
    }
  };

  function targetOf(url: string): GateTarget {
    const remembered = targets.get(url);
    if (remembered) return remembered;
    const target = heldToSetting(readGateAddress(url));
    if (target.kind === "verify" && target.original === null && targets.size < REMEMBERED) targets.set(url, target);
    return target;
  }

  /** An access token for an audience that nobody can ask for never comes: the proxy would keep everybody out. */
  function heldToSetting(target: GateTarget): GateTarget {
    const isKnown = target.kind !== "verify" || (target.audiences ?? []).every((name) => audiences.all.includes(name));
    return isKnown ? target : { kind: "misconfigured", mistake: NO_SUCH_AUDIENCE };
  }

  async function answerReadiness(response: ServerResponse, requestId: string): Promise<void> {
    try {
      await readiness();
      sendJson(response, requestId, { status: "ready", feed: authority.feed.isListening ? "heard" : "lost" });
    } catch (error) {
      sendProblem(response, requestId, problemOf(error, { request_id: requestId }));
    }
  }
}

const NO_SUCH_AUDIENCE =
  "An audience of /verify is one of ACCESS_TOKEN_AUDIENCES, letter by letter, or that of this API itself.";
const NOT_HERE = "The gate answers /verify, /introspect, /healthz and /readyz.";

function idOf({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  return requestIdFrom(typeof given === "string" ? given : null);
}

/** 405 with `Allow` to other methods (RFC 9110, 15.5.6). */
function only(
  methods: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
  answer: (requestId: string) => void,
): void {
  const requestId = idOf(request);
  if (methods.includes(request.method ?? "")) answer(requestId);
  else sendProblem(response, requestId, new Problem("method_not_allowed", { headers: { Allow: methods.join(", ") } }));
}
