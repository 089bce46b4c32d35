import { z } from "zod";
import { tokenId } from "@/lib/tokens/token-input";
import { type Endpoint, isConditional, takesIdempotencyKey } from "../reference/endpoint";
import type { Components, JsonSchema } from "./components";

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  description:
    "Any text of your own, new for each thing to be done. The same call with the same key does it once within 24 hours, and is answered as the first time, without the secret.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
} as const;

const IF_NONE_MATCH = {
  name: "If-None-Match",
  in: "header",
  description: "The ETag of an earlier answer: 304 without a body where nothing has changed since.",
  schema: { type: "string" },
} as const;

/** Parameters of more than one operation, referred to by their names. */
export const SHARED_PARAMETERS = { IdempotencyKey: IDEMPOTENCY_KEY, IfNoneMatch: IF_NONE_MATCH };

const refer = (name: keyof typeof SHARED_PARAMETERS) => ({ $ref: `#/components/parameters/${name}` });

/** What an operation takes beside its body: parts of the path, the query, headers. */
export function parametersOf(endpoint: Endpoint, components: Components): object[] {
  return [
    ...pathParameters(endpoint, components),
    ...queryParameters(endpoint, components),
    ...(isConditional(endpoint) ? [refer("IfNoneMatch")] : []),
    ...(takesIdempotencyKey(endpoint) ? [refer("IdempotencyKey")] : []),
  ];
}

const pathParameters = ({ path }: Endpoint, components: Components) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: path.startsWith("/api/v1/tokens/")
      ? "The token's id: its first twelve characters after the kind."
      : "Its id.",
    schema: components.ofInput(path.startsWith("/api/v1/tokens/") ? tokenId : z.uuid()),
  }));

function queryParameters({ query, notes = {} }: Endpoint, components: Components) {
  if (!query) return [];
  const { properties = {}, required = [] } = components.ofInput(query);
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    description: notes[name],
    ...(schema.type === "array" ? { style: "form", explode: true } : {}),
    schema: withoutNull(schema),
  }));
}

/** A query cannot say null: what is left out is null there. */
function withoutNull({ anyOf, default: standard, ...schema }: JsonSchema): JsonSchema {
  const choices = anyOf?.filter(({ type }) => type !== "null");
  return {
    ...schema,
    ...(choices?.length === 1 ? choices[0] : choices ? { anyOf: choices } : {}),
    ...(standard === null || standard === undefined ? {} : { default: standard }),
    ...(Array.isArray(schema.type) ? { type: schema.type.find((type) => type !== "null") } : {}),
  };
}
