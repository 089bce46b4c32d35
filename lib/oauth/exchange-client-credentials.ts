import { z } from "zod";
import type { TokenActor } from "@/lib/access/actor";
import { isSubset } from "@/lib/access/permission";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { Context } from "@/lib/context";
import { OAuthError } from "@/lib/http/oauth-error";
import { ACCESS_TOKEN_LENGTH } from "./access-token-claims";
import { apiAudience, knownAudiences } from "./audiences";
import { signAccessToken } from "./sign-access-token";

/** Names of permissions with one space between (RFC 6749, 3.3). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** What the token endpoint reads of a form; further parameters are passed over (RFC 6749, 3.2). */
export const exchangeInput = z.object({
  grant_type: z.literal("client_credentials"),
  scope: z.string().regex(SCOPE).optional(),
  resource: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});

/** What it answers (RFC 6749, 5.1). */
export const exchangeAnswer = z
  .object({
    access_token: z
      .string()
      .describe("To be sent as Bearer. Its text may change; only its length is bounded, at 4096."),
    token_type: z.literal("Bearer"),
    expires_in: z.int().describe("Seconds: an hour, or less where the client ends before."),
    scope: z.string().describe("What it may do: permissions with one space between."),
  })
  .meta({ id: "AccessToken" });

/**
 * Exchanges a client's credentials, which were right, for an access token. `scope` takes away of what the client may do now,
 * `resource` (RFC 8707) names the API that it is for. Throws `OAuthError`.
 */
export async function exchangeClientCredentials(
  { actor, token, form }: { actor: TokenActor; token: VerifiedToken; form: ReadonlyMap<string, string> },
  ctx: Pick<Context, "db">,
): Promise<z.output<typeof exchangeAnswer>> {
  const grant = form.get("grant_type");
  if (grant === undefined) throw new OAuthError("invalid_request", "grant_type is missing.");
  if (grant !== "client_credentials") {
    throw new OAuthError("unsupported_grant_type", "This endpoint knows client_credentials alone.");
  }
  const audience = form.get("resource") ?? apiAudience();
  if (!knownAudiences().includes(audience)) {
    throw new OAuthError("invalid_target", "Access tokens are not made for that resource.");
  }
  const made = await signAccessToken(
    {
      organizationId: actor.organizationId,
      bearer: { clientId: token.id, ...(actor.superseded ? { superseded: true } : {}) },
      scope: scopeOf(form.get("scope"), actor),
      audience,
      notAfter: token.expiresAt,
    },
    ctx,
  );
  const accessToken = made.plain.reveal();
  if (accessToken.length > ACCESS_TOKEN_LENGTH) {
    throw new OAuthError(
      "invalid_scope",
      "The client may do so much that the access token would be too long. Ask for less.",
    );
  }
  return { access_token: accessToken, token_type: "Bearer", expires_in: made.expiresIn, scope: made.scope };
}

function scopeOf(asked: string | undefined, { permissions }: TokenActor): Iterable<string> {
  if (asked === undefined) return permissions;
  if (!SCOPE.test(asked)) throw new OAuthError("invalid_scope", "Send names of permissions with one space between.");
  const scope = asked.split(" ");
  if (!isSubset(scope, permissions)) throw new OAuthError("invalid_scope", "The client may not do all of that.");
  return scope;
}
