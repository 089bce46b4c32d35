import Ajv2020, { type ValidateFunction } from "ajv/dist/2020.js";

export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  schema?: JsonSchema;
}

interface Media {
  schema?: JsonSchema;
}

interface Documented {
  content?: Record<string, Media>;
}

interface OperationObject {
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, Media> } | { $ref: string };
  responses: Record<string, Documented | { $ref: string }>;
}

export interface Operation {
  /** In capitals. */
  method: string;
  /** As called, with the names of its parts in braces. */
  path: string;
  parameters: Parameter[];
  /** By media type; none where it takes no body. */
  bodies: Record<string, Media>;
  responses: Record<string, Documented>;
  /** Where its responses stand in the document. */
  at: string;
}

const METHODS = ["get", "put", "post", "delete", "patch"] as const;

/** The OpenAPI document of a server, read as its clients read it. */
export function readDocument(text: string) {
  const document = JSON.parse(text) as {
    openapi: string;
    servers?: { url: string }[];
    paths: Record<string, Partial<Record<(typeof METHODS)[number], OperationObject>> & { parameters?: Parameter[] }>;
  };
  // What a server adds is no mistake of the document, and its words are the validator's business alone.
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, validateSchema: false });
  ajv.addSchema(document, "document");
  const base = basePath(document.servers?.[0]?.url);

  const deref = <T extends object>(value: T | { $ref: string }): T => {
    if (!("$ref" in value) || typeof value.$ref !== "string") return value as T;
    let found: unknown = document;
    for (const part of value.$ref.slice(2).split("/"))
      found = (found as Record<string, unknown>)[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")];
    return deref(found as T);
  };

  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Operation[] => {
      const found = item[method];
      if (!found) return [];
      return [
        {
          method: method.toUpperCase(),
          path: path.startsWith(`${base}/`) || path.startsWith("/.well-known/") ? path : base + path,
          parameters: [...(item.parameters ?? []), ...(found.parameters ?? [])].map(deref),
          bodies: found.requestBody ? deref(found.requestBody).content : {},
          responses: Object.fromEntries(
            Object.entries(found.responses).map(([status, answer]) => [status, deref(answer)]),
          ),
          at: `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}/responses`,
        },
      ];
    }),
  );

  const validators = new Map<JsonSchema, ValidateFunction>();
  const validatorOf = (schema: JsonSchema): ValidateFunction => {
    const known = validators.get(schema);
    if (known) return known;
    const made = ajv.compile(absolute(schema) as object);
    validators.set(schema, made);
    return made;
  };

  return {
    version: document.openapi,
    operations,
    schema: (schema: JsonSchema): JsonSchema => deref(schema),
    /** The operation that an address and a method are, and whether the address is one of any. */
    find(method: string, pathname: string): { operation: Operation | undefined; known: boolean } {
      const all = operations.filter(({ path }) => matches(path, pathname));
      // As a router has it, and as the standard says: what is written out wins over what is left open.
      const least = Math.min(...all.map(({ path }) => openParts(path)));
      const here = all.filter(({ path }) => openParts(path) === least);
      return { operation: here.find((operation) => operation.method === method), known: here.length > 0 };
    },
    /** What an answer's body has against its schema; nothing where it is as documented. */
    faults(schema: JsonSchema, body: unknown): string | null {
      const validate = validatorOf(schema);
      return validate(body) ? null : ajv.errorsText(validate.errors);
    },
  };
}

export type ApiDocument = ReturnType<typeof readDocument>;

/** With its references, which are within the document, as seen from outside. */
const absolute = (schema: JsonSchema): unknown =>
  JSON.parse(JSON.stringify(schema, (key, value) => (key === "$ref" ? `document${value}` : value)));

const basePath = (server: string | undefined) =>
  server ? new URL(server, "http://localhost").pathname.replace(/\/$/, "") : "";

const openParts = (path: string) => path.split("/").filter(isPart).length;

function matches(path: string, pathname: string): boolean {
  const [parts, given] = [path.split("/"), pathname.split("/")];
  return parts.length === given.length && parts.every((part, at) => isPart(part) || part === given[at]);
}

const isPart = (part: string) => part.startsWith("{");
