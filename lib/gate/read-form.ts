import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyChunks } from "@/lib/http/body-chunks";
import { FORM_TYPE, MAX_FORM } from "@/lib/http/form-type";
import { Problem } from "@/lib/http/problem";

/**
 * The form in a request's body, of which the first of `fields` is required and none may stand twice; others are passed over
 * (RFC 7662, 2.1). Throws `Problem`: 400, 413, 415, or 422.
 */
export async function readForm<Required extends string>(
  request: IncomingMessage,
  response: ServerResponse,
  [required, ...optional]: [Required, ...string[]],
): Promise<Record<Required, string>> {
  if (!FORM_TYPE.test(request.headers["content-type"] ?? "")) {
    throw new Problem("unsupported_media_type", { detail: "Send it as application/x-www-form-urlencoded." });
  }
  const form = new URLSearchParams(await readText(request, response));
  for (const field of [required, ...optional]) {
    if (form.getAll(field).length > 1) throw invalid(field, "Give this field once.");
  }
  const value = form.get(required);
  if (!value) throw invalid(required, "This is required.");
  return { [required]: value } as Record<Required, string>;
}

const invalid = (field: string, detail: string) => new Problem("invalid_input", { errors: [{ field, detail }] });

async function readText(request: IncomingMessage, response: ServerResponse): Promise<string> {
  if (Number(request.headers["content-length"] ?? 0) > MAX_FORM) throw tooLarge(response);
  if (request.headers.expect) response.writeContinue();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(request)) {
    size += chunk.byteLength;
    if (size > MAX_FORM) throw tooLarge(response);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Nobody reads the rest, so the connection ends with the answer. */
function tooLarge(response: ServerResponse): Problem {
  response.shouldKeepAlive = false;
  return new Problem("body_too_large", { detail: "At most 8 KiB." });
}
