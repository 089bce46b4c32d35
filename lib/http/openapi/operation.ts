import { type Endpoint, isConditional } from "../reference/endpoint";
import { recordedExample } from "../reference/recorded-example";
import type { Components, JsonSchema } from "./components";
import { answerHeaders } from "./headers";
import { parametersOf } from "./parameters";
import { problemResponses } from "./problem-responses";

const WORDS = { 200: "What was asked for.", 201: "What was made.", 204: "Done; there is nothing to say." } as const;

/** One operation of the document. */
export function operationOf(endpoint: Endpoint, tag: string, components: Components): object {
  const { operationId, title, summary, body } = endpoint;
  const parameters = parametersOf(endpoint, components);
  return {
    operationId,
    tags: [tag],
    summary: title,
    description: describe(endpoint, summary),
    security: securityOf(endpoint),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: requestBody(endpoint, components) } : {}),
    responses: { ...answerOf(endpoint, components), ...problemResponses(endpoint, components) },
  };
}

function describe({ credential, permission }: Endpoint, summary: string): string {
  if (credential !== "token") return summary;
  return permission === "any"
    ? `${summary}\n\nEvery valid token may.`
    : `${summary}\n\nNeeds the permission \`${permission}\`.`;
}

function securityOf({ credential, permission }: Endpoint): object[] {
  if (credential === "none") return [];
  // Where it stands in the body, the header has nothing to say.
  if (credential === "client") return [{ client: [] }, {}];
  // Not `accessToken`: whoever gets one by that is a client, which has no login to end.
  if (credential === "login") return [{ token: [] }, {}];
  return [{ token: [] }, { apiKey: [] }, { accessToken: permission === "any" ? [] : [permission] }];
}

function requestBody(endpoint: Endpoint, components: Components): object {
  const { operationId, body, bodyType = "json", isBodyOptional = false, bodyExample, notes = {} } = endpoint;
  if (!body) return {};
  const schema = components.ofInput(body);
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]): [string, JsonSchema] => [
      name,
      notes[name] ? { ...field, description: notes[name] } : field,
    ]),
  );
  const name = `${operationId[0]?.toUpperCase()}${operationId.slice(1)}Body`;
  return {
    required: !isBodyOptional,
    content: {
      [bodyType === "form" ? "application/x-www-form-urlencoded" : "application/json"]: {
        schema: components.named(name, { ...schema, properties }),
        ...(bodyExample ? { example: bodyExample } : {}),
      },
    },
  };
}

function answerOf(endpoint: Endpoint, components: Components): Record<string, object> {
  const { operationId, status, answer } = endpoint;
  const example = recordedExample(operationId, components.publicUrl);
  const headers = answerHeaders(endpoint);
  return {
    [status]: {
      description: WORDS[status],
      headers,
      ...(answer
        ? {
            content: {
              "application/json": {
                schema: components.ofAnswer(answer),
                ...(example === undefined ? {} : { example }),
              },
            },
          }
        : {}),
    },
    ...(isConditional(endpoint) ? { 304: { description: "Nothing has changed since.", headers } } : {}),
  };
}
