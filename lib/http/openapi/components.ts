import { z } from "zod";

/** JSON Schema as OpenAPI 3.1 takes it: draft 2020-12. */
export interface JsonSchema {
  [keyword: string]: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  anyOf?: JsonSchema[];
  default?: unknown;
  description?: string;
}

/** Formats that say it all; zod's patterns for them are longer than the rest of the document. */
const SPEAKING_FORMATS = new Set(["uuid", "date-time", "email", "uri"]);

/**
 * Schemas of zod as the document's: one that has an `id` in its metadata becomes a component, once, and is referred to.
 * With `closed`, an answer has the fields that are described and no other: what tests hold the API to. Clients are not
 * told so, since a later version may add fields.
 */
export function createComponents({ publicUrl, closed = false }: { publicUrl: string; closed?: boolean }) {
  const schemas: Record<string, JsonSchema> = {};
  const responses: Record<string, object> = {};
  const examples: Record<string, object> = {};

  function convert(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const {
      $schema: _,
      $defs = {},
      ...own
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      override: ({ jsonSchema }) => {
        if (jsonSchema.format && SPEAKING_FORMATS.has(jsonSchema.format)) delete jsonSchema.pattern;
        // Of whole numbers; as wide as a client can count, which nobody has to be told.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      },
    }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [id, component] of Object.entries($defs)) put(schemas, id, referring(component));
    return referring(own);
  }

  return {
    publicUrl,
    /** What an answer holds. */
    ofAnswer: (schema: z.ZodType): JsonSchema => convert(schema, closed ? "output" : "input"),
    /** What a request may hold. */
    ofInput: (schema: z.ZodType): JsonSchema => convert(schema, "input"),
    /** Makes `schema` a component, and refers to it. */
    named(name: string, schema: JsonSchema): JsonSchema {
      put(schemas, name, schema);
      return { $ref: `#/components/schemas/${name}` };
    },
    /** An answer that several operations give. */
    response(name: string, response: object): object {
      put(responses, name, response);
      return { $ref: `#/components/responses/${name}` };
    },
    example(name: string, example: object): object {
      put(examples, name, example);
      return { $ref: `#/components/examples/${name}` };
    },
    /** All so far, by their names. */
    all: () => ({ responses: inOrder(responses), examples: inOrder(examples), schemas: inOrder(schemas) }),
  };
}

export type Components = ReturnType<typeof createComponents>;

/** A name stands for one thing. */
function put<T>(parts: Record<string, T>, name: string, part: T): void {
  if (parts[name] && JSON.stringify(parts[name]) !== JSON.stringify(part)) throw new Error(`two parts called ${name}`);
  parts[name] = part;
}

const inOrder = <T>(parts: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(parts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The same with its references into the components of the document. */
function referring<T>(part: T): T {
  if (Array.isArray(part)) return part.map(referring) as T;
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) =>
      key === "$ref" && typeof value === "string"
        ? [key, value.replace("#/$defs/", "#/components/schemas/")]
        : [key, referring(value)],
    ),
  ) as T;
}
