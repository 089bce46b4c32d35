import fc from "fast-check";
import type { ApiDocument, JsonSchema } from "./api-document";

/** Stands for something that is only known when the request is sent. Safe in an address, in a form and in JSON. */
export const standIn = (name: string) => `PH.${name}.PH`;

const TEXTS = ["Nightly export", "x", "Größe 夜間 🔑", "O'Hara; --", "a".repeat(200), " padded "];

const IDS = ["token", "client_id", "member", "group", "role", "organization"];

/** Values that a schema allows, as far as a schema tells; some of them exist on the server. */
export function valuesOf(schema: JsonSchema, document: ApiDocument, name = ""): fc.Arbitrary<unknown> {
  const found = document.schema(schema);
  const inner = (part: JsonSchema, of = name) => valuesOf(part, document, of);
  if (found.const !== undefined) return fc.constant(found.const);
  if (found.enum) return fc.constantFrom(...found.enum);
  const choices = found.anyOf ?? found.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => inner(choice)));
  if (found.allOf) return inner(Object.assign({}, ...found.allOf.map((part) => document.schema(part))));
  const types = [found.type ?? (found.properties ? "object" : "string")].flat();
  return fc.oneof(...types.map((type) => ofType(type, found, inner, name)));
}

function ofType(
  type: string,
  schema: JsonSchema,
  inner: (part: JsonSchema, name?: string) => fc.Arbitrary<unknown>,
  name: string,
): fc.Arbitrary<unknown> {
  switch (type) {
    case "object": {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([field, part]) => [field, inner(part, field)] as const,
      );
      const model: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(fields);
      return fc.record(model, { requiredKeys: (schema.required ?? []).filter((field) => field in model) });
    }
    case "array":
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 });
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 1000) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return texts(schema, name);
  }
}

/** What a field of this name would hold, more often than not. */
const NAMED: Record<string, string[]> = {
  client_id: ["client_id"],
  client_secret: ["client_secret"],
  email: ["email"],
  password: ["password"],
  token: ["access", "access_narrow", "login", "pat_engineer", "refresh"],
  refresh_token: ["refresh"],
  resource: ["resource"],
  role_id: ["role"],
  role: ["role"],
  issued_by: ["member"],
  organization: ["organization"],
};

const WORDS: Record<string, string[]> = {
  grant_type: ["client_credentials"],
  scope: ["tokens:read", "tokens:read members:read", "members:read", ""],
};

function texts(schema: JsonSchema, name: string): fc.Arbitrary<string> {
  if (schema.format === "date-time")
    return fc.oneof(
      fc.date({ min: new Date("2020-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }).map(rfc3339),
      fc.constantFrom("2099-12-31T23:59:59Z", "2027-02-28T00:00:00+02:00"),
    );
  const likely = [...(NAMED[name] ?? []).map(standIn), ...(WORDS[name] ?? [])];
  const ids = fc.constantFrom(...IDS).map(standIn);
  const some = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: schema.maxLength ?? 40 }), ids);
  return likely.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...likely) }, some) : some;
}

const rfc3339 = (date: Date) => date.toISOString();
