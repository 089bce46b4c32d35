import { z } from "zod";
import type { TokenActor } from "@/lib/access/actor";
import { beyond, scopeInput, scopeInWords } from "@/lib/access/scope";
import type { VerifiedToken } from "@/lib/authority/outcome";
import type { Context } from "@/lib/context";
import { OAuthError } from "@/lib/http/oauth-error";
import { ACCESS_TOKEN_LENGTH } from "./access-token-claims";
import { apiAudience, knownAudiences } from "./audiences";
import { signAccessToken } from "./sign-access-token";

/** What the token endpoint reads of a form; further parameters are passed over (RFC 6749, 3.2). */
export const exchangeInput = z.object({
  grant_type: z.literal("client_credentials"),
  scope: scopeInput.optional(),
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
    token_type: z.literal("Bearer").describe("How it is sent: Authorization: Bearer, and the token."),
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
  const { scope = actor.permissions, resource: audience = apiAudience() } = asked(form);
  if (!knownAudiences().includes(audience)) {
    throw new OAuthError("invalid_target", "Access tokens are not made for that resource.");
  }
  const tooMuch = beyond([...scope], actor.permissions);
  if (tooMuch.length > 0) throw new OAuthError("invalid_scope", `The client may not do ${scopeInWords(tooMuch)}.`);
  const made = await signAccessToken(
    {
      organizationId: actor.organizationId,
      bearer: { clientId: token.id, secretGeneration: token.secretGeneration },
      scope,
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

/** What the form asks for, by the schema that describes it. Throws `OAuthError`: of several mistakes it tells the first. */
function asked(form: ReadonlyMap<string, string>): z.output<typeof exchangeInput> {
  const parsed = exchangeInput.safeParse(Object.fromEntries(form));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0];
  if (field === "scope") throw new OAuthError("invalid_scope", "Send names of permissions with one space between.");
  if (field !== "grant_type") throw new OAuthError("invalid_request", "The form cannot be read.");
  throw form.has("grant_type")
    ? new OAuthError("unsupported_grant_type", "This endpoint knows client_credentials alone.")
    : new OAuthError("invalid_request", "grant_type is missing.");
}
