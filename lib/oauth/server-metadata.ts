import { z } from "zod";
import { PERMISSIONS } from "@/lib/access/permission";
import { env } from "@/lib/env";

const authMethods = z.array(z.enum(["client_secret_basic", "client_secret_post"]));

/** Authorization server metadata (RFC 8414, 2). */
export const metadataAnswer = z
  .object({
    issuer: z.url().describe("This server, as iss of every access token names it."),
    token_endpoint: z.url().describe("Where a client exchanges its ID and secret for an access token."),
    introspection_endpoint: z.url().describe("Where a client asks what a token is."),
    revocation_endpoint: z.url().describe("Where a token is taken back."),
    jwks_uri: z.url().describe("The public halves of the signing keys."),
    grant_types_supported: z.array(z.literal("client_credentials")).describe("Exchanging client credentials alone."),
    response_types_supported: z.array(z.never()).describe("None: there is no authorization endpoint."),
    scopes_supported: z.array(z.string()).describe("An organization may have further ones of its own."),
    token_endpoint_auth_methods_supported: authMethods.describe(
      "How a client shows its secret: as Basic or in the form.",
    ),
    introspection_endpoint_auth_methods_supported: authMethods.describe("The same there."),
    revocation_endpoint_auth_methods_supported: authMethods.describe(
      "The same there, where a client has to show itself.",
    ),
    service_documentation: z.url().describe("Where people read about the API."),
  })
  .meta({ id: "ServerMetadata" });

const AUTH_METHODS: z.output<typeof authMethods> = ["client_secret_basic", "client_secret_post"];

export function serverMetadata(issuer = env().PUBLIC_URL): z.output<typeof metadataAnswer> {
  const endpoint = (name: string) => `${issuer}/api/v1/oauth/${name}`;
  return {
    issuer,
    token_endpoint: endpoint("token"),
    introspection_endpoint: endpoint("introspect"),
    revocation_endpoint: endpoint("revoke"),
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    grant_types_supported: ["client_credentials"],
    response_types_supported: [],
    scopes_supported: Object.keys(PERMISSIONS).sort(),
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    introspection_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    service_documentation: `${issuer}/docs`,
  };
}
