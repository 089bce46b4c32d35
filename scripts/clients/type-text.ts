import type { Schema } from "./openapi-document";

const SIMPLE: Record<string, string> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

/** The component that a reference names. */
export const nameOfRef = (ref: string): string => ref.split("/").at(-1) ?? ref;

/** A schema as TypeScript writes it. */
export function typeText(schema: Schema): string {
  if (schema.$ref) return nameOfRef(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeText));
  if (schema.allOf) return schema.allOf.map((part) => inBrackets(typeText(part))).join(" & ");
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeText({ ...schema, type })));
  if (schema.type === "array") return `${inBrackets(typeText(schema.items ?? {}))}[]`;
  if (schema.type === "object" || schema.properties) return objectText(schema);
  return SIMPLE[schema.type ?? ""] ?? "unknown";
}

/** The same for an object that gets a name of its own: with a comment above each field that has one. */
export function objectText({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(([name, field]) => {
    const optional = required.includes(name) ? "" : "?";
    return `${comment(field.description ? [field.description] : [])}${keyText(name)}${optional}: ${typeText(field)};\n`;
  });
  if (fields.length > 0) return `{\n${fields.join("")}}`;
  return `Record<string, ${typeof additionalProperties === "object" ? typeText(additionalProperties) : "unknown"}>`;
}

/** A comment of these paragraphs, with its line's end; nothing where there are none. Biome leaves its lines alone. */
export function comment(paragraphs: string[], width = 112): string {
  const lines = paragraphs.flatMap((paragraph, at) => [...(at > 0 ? [""] : []), ...wrap(paragraph, width)]);
  if (lines.length === 0) return "";
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` *${line && ` ${line}`}\n`).join("")} */\n`;
}

function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  // A comment must not end in the middle of one.
  for (const word of paragraph.replaceAll("*/", "* /").split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const union = (types: string[]) => [...new Set(types)].join(" | ") || "never";
const inBrackets = (type: string) => (/[|&]/.test(type) && !type.startsWith("{") ? `(${type})` : type);
const keyText = (name: string) => (/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name));
