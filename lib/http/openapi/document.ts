import { PERMISSIONS } from "@/lib/access/permission";
import { API_REFERENCE } from "../api-reference";
import { createComponents } from "./components";
import { HEADERS } from "./headers";
import { operationOf } from "./operation";
import { SHARED_PARAMETERS } from "./parameters";

const ABOUT = `What a program can ask Latchkey. JSON in and out, in UTF-8; times as in RFC 3339, in UTC; fields in snake_case; ids as text.

Lists answer \`data\` and \`next_cursor\`; the cursor goes into the next call, until it is null.

An address answers HEAD where it answers GET, and OPTIONS with the methods that it has; any other method gets 405 with \`Allow\`. Answers may gain fields: leave those alone that you do not know.`;

export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, Record<string, object>>;
  [part: string]: unknown;
}

/**
 * The API as OpenAPI 3.1 has it, made of what the routes parse with and what types their answers. The same for the same
 * build and address, to the byte. With `closed`, as tests hold the API to it: see `createComponents`.
 */
export function openApiDocument(publicUrl: string, { closed = false } = {}): OpenApiDocument {
  const components = createComponents({ closed, publicUrl });
  const paths: OpenApiDocument["paths"] = {};
  for (const { title, endpoints } of API_REFERENCE) {
    for (const endpoint of endpoints) {
      paths[endpoint.path] ??= {};
      Object.assign(paths[endpoint.path] ?? {}, {
        [endpoint.method.toLowerCase()]: operationOf(endpoint, title, components),
      });
    }
  }
  return {
    openapi: "3.1.1",
    info: { title: "Latchkey", version: "1", description: ABOUT },
    externalDocs: { url: `${publicUrl}/docs/guide`, description: "A guide to it, from the first call on." },
    servers: [{ url: publicUrl, description: "This installation." }],
    tags: API_REFERENCE.map(({ title, summary }) => ({ name: title, description: summary })),
    paths,
    components: {
      securitySchemes: securitySchemes(publicUrl),
      parameters: SHARED_PARAMETERS,
      headers: HEADERS,
      ...components.all(),
    },
  };
}

const securitySchemes = (publicUrl: string) => ({
  token: {
    type: "http",
    scheme: "bearer",
    description: "A token as it was shown when it was created, or an access token.",
  },
  apiKey: {
    type: "apiKey",
    in: "header",
    name: "Authorization",
    description: "The same after the word APIKey instead of Bearer.",
  },
  client: {
    type: "http",
    scheme: "basic",
    description:
      "A client's ID and secret, each form-encoded first (RFC 6749, 2.3.1); or as client_id and client_secret in the body.",
  },
  accessToken: {
    type: "oauth2",
    description: "An access token for an hour, for a client's ID and secret. Its scopes are permissions.",
    flows: { clientCredentials: { tokenUrl: `${publicUrl}/api/v1/oauth/token`, scopes: PERMISSIONS } },
  },
});
