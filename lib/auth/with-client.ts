import type { NextRequest } from "next/server";
import type { TokenActor } from "@/lib/access/actor";
import { authority, catchUp } from "@/lib/authority/authority";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { Context, Origin } from "@/lib/context";
import { database } from "@/lib/database";
import { allowanceHeaders } from "@/lib/http/admission-headers";
import { admissionProblem } from "@/lib/http/admission-problem";
import { OAuthError, oauthErrorOf, oauthErrorResponse } from "@/lib/http/oauth-error";
import { problemOf } from "@/lib/http/problem-of";
import { readOAuthForm } from "@/lib/http/read-oauth-form";
import { PERSONS_CLIENT_ID } from "@/lib/oauth/access-token-claims";
import { type Answering, answerRequest, factsOf, onlyListedBy, type RouteMethod } from "./answer-request";
import { readClientCredentials } from "./client-credentials";
import { asToken } from "./with-token";

interface Client {
  /** The client, with what it may do now. */
  actor: TokenActor;
  /** The client itself: it ends, for the secret that was sent, at `expiresAt`. */
  token: VerifiedToken;
}

const NOBODY = { actor: null, token: null };

interface FormRequest {
  /** The parameters of the body, each once and none empty. The credentials are among them where they came that way. */
  form: ReadonlyMap<string, string>;
  ctx: Context;
}

export type ClientRequest = FormRequest & Client;
/** `actor` is null where no client showed itself. */
type ClientRequestIfAny = FormRequest & (Client | typeof NOBODY);

/** A route's method that a client calls with its own credentials. */
export type ClientRoute = RouteMethod & { readonly kind: "client" };

/**
 * A method of an OAuth endpoint, which answers only to a client that shows its ID and secret (RFC 6749, 2.3.1). The handler
 * returns data, which becomes a JSON answer, or a whole response; `OAuthError` and whatever else it throws become OAuth's
 * own errors (5.2) and no problem details.
 */
export function withClient(handler: (request: NextRequest, call: ClientRequest) => unknown): ClientRoute {
  return clientRoute(admit, handler);
}

/** The same for what a public client may do too, which has an ID at most and proves nothing (RFC 6749, 2.1). */
export function withClientIfAny(handler: (request: NextRequest, call: ClientRequestIfAny) => unknown): ClientRoute {
  return clientRoute(admitIfAny, handler);
}

type Door<Who> = (
  request: NextRequest,
  form: ReadonlyMap<string, string>,
  origin: Origin,
  answering: Answering,
) => Promise<Who>;

function clientRoute<Who>(
  door: Door<Who>,
  handler: (request: NextRequest, call: FormRequest & Who) => unknown,
): ClientRoute {
  const method: RouteMethod = (request) =>
    answerRequest(request, async (origin, answering) => {
      answering.always.Pragma = "no-cache";
      try {
        const form = await readOAuthForm(request);
        const client = await door(request, form, origin, answering);
        const ctx = { db: database().db, now: new Date(), origin };
        const answer = await handler(request, { ...client, form, ctx });
        await catchUp();
        return answer;
      } catch (error) {
        const known =
          error instanceof OAuthError ? error : oauthErrorOf(problemOf(error, factsOf(request, origin.requestId)));
        return oauthErrorResponse(known);
      }
    });
  return Object.assign(method, { kind: "client" } as const);
}

async function admit(
  request: NextRequest,
  form: ReadonlyMap<string, string>,
  { ip, requestId }: Origin,
  answering: Answering,
): Promise<Client> {
  const credentials = readClientCredentials(request.headers.get("authorization"), form);
  const agent = request.headers.get("user-agent");
  const admission = await authority().admitClient({ ...credentials, ip, agent, requestId, request });
  const { always } = answering;
  Object.assign(always, allowanceHeaders(admission.allowances));
  onlyListedBy(admission.token?.organization.id, answering);
  if (admission.ok) return { actor: asToken(admission.actor), token: admission.token };
  if (admission.retryAfter !== null) always["Retry-After"] = String(admission.retryAfter);
  if (admission.code !== "invalid_token") throw oauthErrorOf(admissionProblem(admission, [], ip));
  throw new OAuthError("invalid_client", "The client ID or the client secret is not valid.");
}

/** Whoever begins to show a client has to show it whole. */
const admitIfAny: Door<Client | typeof NOBODY> = async (request, form, origin, answering) => {
  const named = form.get("client_id") ?? PERSONS_CLIENT_ID;
  const shows = request.headers.has("authorization") || form.has("client_secret") || named !== PERSONS_CLIENT_ID;
  return shows ? admit(request, form, origin, answering) : NOBODY;
};
