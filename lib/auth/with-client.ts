import type { NextRequest } from "next/server";
import type { TokenActor } from "@/lib/access/actor";
import { orElse } from "@/lib/at-once";
import { authority, catchUp } from "@/lib/authority/authority";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { Context, Origin } from "@/lib/context";
import { admittedClient } from "@/lib/http/admission-problem";
import { oauthErrorResponse } from "@/lib/http/oauth-error";
import { oauthErrorFrom } from "@/lib/http/problem-of";
import { readOAuthForm } from "@/lib/http/read-oauth-form";
import { PERSONS_CLIENT_ID } from "@/lib/oauth/access-token-claims";
import type { Checking } from "@/lib/oauth/introspect";
import { type Answering, answerRequest, factsOf, onlyListedBy, type RouteMethod } from "./answer-request";
import { readClientCredentials } from "./client-credentials";
import { recordRefusal } from "./record-refusal";
import { contextFrom } from "./request-context";
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
  /** For what tells what a token is. */
  checking: Checking;
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

function clientRoute<Who extends Client | typeof NOBODY>(
  door: Door<Who>,
  handler: (request: NextRequest, call: FormRequest & Who) => unknown,
): ClientRoute {
  const method: RouteMethod = (request) =>
    answerRequest(request, async (origin, answering) => {
      answering.always.Pragma = "no-cache";
      try {
        const form = await readOAuthForm(request);
        const client = await door(request, form, origin, answering);
        const call = { ...client, form, ctx: contextFrom(origin), checking: authority() };
        const answer = await orElse(
          () => handler(request, call),
          (error) => {
            if (client.actor) recordRefusal(request, { actor: client.actor, permissions: [], origin }, error);
            throw error;
          },
        );
        await catchUp();
        return answer;
      } catch (error) {
        return oauthErrorResponse(oauthErrorFrom(error, factsOf(request, origin.requestId)), origin.requestId);
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
  onlyListedBy(admission.token?.organization.id, answering);
  const { actor, token } = admittedClient(admission, { ip, headers: answering.always });
  return { actor: asToken(actor), token };
}

/** Whoever begins to show a client has to show it whole. */
const admitIfAny: Door<Client | typeof NOBODY> = async (request, form, origin, answering) => {
  const named = form.get("client_id") ?? PERSONS_CLIENT_ID;
  const shows = request.headers.has("authorization") || form.has("client_secret") || named !== PERSONS_CLIENT_ID;
  return shows ? admit(request, form, origin, answering) : NOBODY;
};
