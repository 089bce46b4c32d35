import { z } from "zod";
import { holdsToken } from "@/lib/tokens/token-secret";
import { bodyChunks } from "./body-chunks";
import { InvalidCursor } from "./cursor";
import { inputSentence } from "./input-sentence";
import { findJsonFlaw } from "./json-text";
import { type FieldError, Problem } from "./problem";

const MAX_BODY = 64 * 1024;
const MAX_DEPTH = 8;
/** Fields told of in one answer; a longer list helps nobody. */
const MAX_ERRORS = 20;

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * The body of a request, as `schema` has it; with `optional`, none is one without fields. Throws `Problem`: 400, 413, 415, or
 * 422 with the fields.
 */
export async function readBody<T>(request: Request, schema: z.ZodType<T>, { optional = false } = {}): Promise<T> {
  const isAbsent = optional && !request.headers.has("content-type") && (await readText(request)) === "";
  if (isAbsent) return parseInput(schema, {});
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new Problem("unsupported_media_type", { detail: "Send JSON, with Content-Type: application/json." });
  }
  const text = await readText(request);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem("invalid_json");
  }
  const flaw = findJsonFlaw(text, MAX_DEPTH);
  if (flaw?.flaw === "too_deep")
    throw new Problem("invalid_input", { detail: `Nest at most ${MAX_DEPTH} levels deep.` });
  if (flaw)
    throw new Problem("invalid_input", { errors: [{ field: shown(flaw.field), detail: "Give this field once." }] });
  return parseInput(schema, body);
}

/**
 * The query of a request, as `schema` has it. Parameters that take a list may be repeated; others given twice, and unknown
 * ones, are refused. Throws `Problem` 422 with the parameters, and `InvalidCursor`.
 */
export function readQuery<Schema extends z.ZodObject>(request: Request, schema: Schema): z.output<Schema> {
  const mark = request.url.indexOf("?");
  // Most calls have none, and most routes take none.
  if (mark === -1 && Object.keys(schema.shape).length === 0) return {} as z.output<Schema>;
  const searchParams = new URLSearchParams(mark === -1 ? "" : request.url.slice(mark));
  const query: Record<string, unknown> = Object.create(null);
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    if (takesList(schema.shape[name])) query[name] = values;
    else if (values.length === 1) query[name] = values[0];
    else throw new Problem("invalid_input", { errors: [{ field: name, detail: "Give this parameter once." }] });
  }
  if (query.cursor === "") throw new InvalidCursor();
  const parsed = schema.safeParse(query, { error: inputSentence });
  if (parsed.success) return parsed.data;
  if (parsed.error.issues.some(({ path }) => path[0] === "cursor")) throw new InvalidCursor();
  throw invalidInput(parsed.error, "There is no such parameter.");
}

const takesList = (field: unknown) => (field instanceof z.ZodDefault ? field.unwrap() : field) instanceof z.ZodArray;

/** A part of the path. What cannot be an id is no different from one that is not there. Throws `Problem` 404. */
export function readParam<T>(value: string | string[] | undefined, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Problem("not_found");
  return parsed.data;
}

function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input, { error: inputSentence });
  if (!parsed.success) throw invalidInput(parsed.error);
  return parsed.data;
}

/** A name that the caller chose, unless it is a secret in the wrong place. */
const shown = (field: string) => (holdsToken(field) ? "[secret]" : field);

function invalidInput(error: z.ZodError, unknown = "There is no such field."): Problem {
  const errors = error.issues.flatMap((issue): FieldError[] => {
    // Places in a list are left out: they are no names, and a query has none.
    const at = issue.path.filter((part) => typeof part !== "number").join(".");
    if (issue.code !== "unrecognized_keys") return [{ field: at, detail: issue.message }];
    return issue.keys.map((key) => ({ field: shown(at ? `${at}.${key}` : key), detail: unknown }));
  });
  return new Problem("invalid_input", { errors: errors.slice(0, MAX_ERRORS) });
}

/** The text of a body. Throws `Problem`: 400 where it is not UTF-8, 413 where it has more than `most` bytes. */
export async function readText(request: Request, most = MAX_BODY): Promise<string> {
  const bytes = await readBytes(request, most);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("invalid_json");
  }
}

/** The body of a request as it came. Throws `Problem` 400 and 413. */
export async function readBytes(request: Request, most = MAX_BODY): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > most) throw new Problem("body_too_large");
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ? bodyChunks(request.body) : []) {
    size += chunk.byteLength;
    if (size > most) throw new Problem("body_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
