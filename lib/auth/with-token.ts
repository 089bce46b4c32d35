import type { NextRequest } from "next/server";
import { z } from "zod";
import type { Actor, TokenActor } from "@/lib/access/actor";
import type { BuiltInPermission } from "@/lib/access/permission";
import { andThen, orElse, type Soon } from "@/lib/at-once";
import type { Admitted } from "@/lib/authority/admit";
import { authority, catchUp } from "@/lib/authority/authority";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { Context, Origin } from "@/lib/context";
import { database } from "@/lib/database";
import { admissionHeaders } from "@/lib/http/admission-headers";
import { admissionProblem } from "@/lib/http/admission-problem";
import { conditionalJson } from "@/lib/http/conditional";
import { Problem } from "@/lib/http/problem";
import { readQuery } from "@/lib/http/read-input";
import { answerOnce } from "@/lib/idempotency/answer-once";
import { isInWords } from "@/lib/refusal";
import { loadRules } from "@/lib/tokens/load-rules";
import { type PlainToken, parseToken } from "@/lib/tokens/token-secret";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { type Answering, answerRequest, onlyListedBy, type RouteContext, type RouteMethod } from "./answer-request";
import { orSecondCredential, readCredential } from "./read-credential";
import { recordRefusal } from "./record-refusal";

/** A permission that the token must have; `any` where every valid token is welcome. */
export type RequiredPermission = BuiltInPermission | "any";

export interface TokenRequest<Query = object> {
  /** The token, or the member whose API login it is. */
  actor: Actor;
  /** The token or the API login itself, as far as its holder may know it. */
  token: VerifiedToken;
  ctx: Context;
  /** Parts of the path, as sent: parse them with `readParam`. */
  params: RouteContext["params"];
  /** The parameters after the question mark, as the route's schema has them. */
  query: Query;
}

/** A route's method with what it asks for, so that a test can walk all of them. */
export type TokenRoute = RouteMethod & { readonly kind: "token"; readonly permission: RequiredPermission };

const noQuery = z.strictObject({});

/** What a route does with a credential that has a token's form and is none, beside refusing it; true where that changed anything. */
type OnInvalid = (credential: PlainToken, ctx: Context) => Promise<boolean>;

interface Wish<Query extends z.ZodObject> {
  /** Without one, it takes no parameters. */
  query?: Query | typeof noQuery;
  onInvalid?: OnInvalid;
  /** Whether it changes something that a secret which was replaced may do too. */
  bySuperseded?: boolean;
}

/**
 * A method of a route that answers only to a valid token with `permission`. The handler returns data, which becomes a
 * JSON answer, or a whole response; what it throws becomes a problem. A secret that was replaced may read until its end, and
 * change nothing: whoever has it may be whom it was replaced for.
 */
export function withToken<Query extends z.ZodObject = typeof noQuery>(
  permission: RequiredPermission,
  handler: (request: NextRequest, call: TokenRequest<z.output<Query>>) => unknown,
  { query: querySchema = noQuery, onInvalid, bySuperseded = false }: Wish<Query> = {},
): TokenRoute {
  const permissions = permission === "any" ? [] : [permission];
  const method: RouteMethod = (request, { params }) =>
    answerRequest(request, (origin, answering) =>
      andThen(admit(request, permissions, origin, answering, onInvalid), ({ actor, token }) => {
        const ctx = { db: database().db, now: new Date(), origin };
        return orElse(
          () => {
            const reads = request.method === "GET" || request.method === "HEAD";
            if (actor.kind === "token" && actor.superseded && !reads && !bySuperseded)
              throw new Problem("secret_superseded");
            const query = readQuery(request, querySchema) as z.output<Query>;
            const call = { actor, token, ctx, params, query };
            const once = request.method === "POST" && request.headers.has("idempotency-key");
            const answered = once
              ? answerOnce(request, call, (again, db) => handler(again, { ...call, ctx: { ...ctx, db } }))
              : handler(request, call);
            return andThen(answered, (answer) => {
              if (!reads) return catchUp().then(() => answer);
              return answer instanceof Response ? answer : conditionalJson(request, JSON.stringify(answer));
            });
          },
          async (thrown) => {
            const error = await orSecondCredential(request, thrown);
            recordRefusal(request, { actor, permissions, origin }, error);
            return inWordsOf(actor, error, ctx);
          },
        );
      }),
    );
  return Object.assign(method, { kind: "token", permission } as const);
}

/** For what a token does to itself. Throws `Problem` 409 where a person asks who signed in. */
export function asToken(actor: Actor): TokenActor {
  if (actor.kind !== "token") throw new Problem("not_an_api_token");
  return actor;
}

/** For what a token does to its own secrets. Throws `Problem` 409 also where an access token came, whoever has the secret. */
export function asItself(actor: Actor): TokenActor {
  const token = asToken(actor);
  if (token.accessToken) throw new Problem("not_by_access_token");
  return token;
}

/** Throws a refusal as the actor's organization says it, or plainly where its words cannot be had; everything else as it is. */
async function inWordsOf(actor: Actor, error: unknown, ctx: Context): Promise<never> {
  const refusal = error instanceof Problem ? error.options.refusal : undefined;
  if (!refusal || !isInWords(refusal.code)) throw error;
  const rules = await loadRules(ctx.db, actor.organizationId).catch(() => null);
  throw rules ? Problem.of(refusal, TOKEN_WORDS[rules.policy.preset]) : error;
}

function admit(
  request: NextRequest,
  permissions: readonly BuiltInPermission[],
  origin: Origin,
  answering: Answering,
  onInvalid: OnInvalid | undefined,
): Soon<Admitted> {
  const { ip, requestId } = origin;
  const credential = readCredential(request);
  const agent = request.headers.get("user-agent");
  return andThen(authority().admit({ credential, permissions, ip, agent, requestId, request }), (admission) => {
    Object.assign(answering.always, admissionHeaders(admission, permissions));
    onlyListedBy(admission.token?.organization.id, answering);
    if (admission.ok) return admission;
    const problem = admissionProblem(admission, permissions, ip);
    if (admission.code !== "invalid_token" || !onInvalid || !parseToken(credential.reveal())) throw problem;
    // Found or not, it is looked up, which is what an address may cause so and so often.
    authority().misses.add(ip);
    return onInvalid(credential, { db: database().db, now: new Date(), origin })
      .then((changed) => (changed ? catchUp() : undefined))
      .then(() => Promise.reject(problem));
  });
}
