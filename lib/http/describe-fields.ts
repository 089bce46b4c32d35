import { z } from "zod";

/** A field of an input, for people. */
export interface FieldDescription {
  name: string;
  /** In words: "text", "1 to 100", "one of active, expired, deleted". */
  type: string;
  required: boolean;
  note: string;
}

interface JsonSchema {
  type?: string;
  enum?: string[];
  const?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

/** The fields of a schema in the order of its definition, with what may stand in each. A query cannot say null. */
export function describeFields(
  schema: z.ZodObject,
  notes: Record<string, string>,
  { inQuery = false } = {},
): FieldDescription[] {
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  return Object.entries(described.properties ?? {}).map(([name, field]) => ({
    name,
    type: inQuery ? inWords(field).replace(/ or null$/, "") : inWords(field),
    required: described.required?.includes(name) ?? false,
    note: notes[name] ?? "",
  }));
}

function inWords(schema: JsonSchema): string {
  if (schema.anyOf) return [...new Set(schema.anyOf.map(inWords))].join(" or ");
  if (schema.items) return inWords(schema.items);
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.const) return schema.const;
  if (schema.minimum !== undefined && schema.maximum !== undefined) return `${schema.minimum} to ${schema.maximum}`;
  if (schema.format === "uuid") return "id";
  if (schema.format === "date-time") return "time";
  return schema.type === "string" ? "text" : (schema.type ?? "text");
}
