import { hash } from "node:crypto";

/** The strong validator of a body (RFC 9110, 8.8.3): two answers with one of them are the same, byte for byte. */
export const entityTag = (text: string) => `"${hash("sha256", text, "base64url").slice(0, 27)}"`;

/** Whether `If-None-Match` names the tag, weakly or not, or anything at all (RFC 9110, 13.1.2). */
const names = (ifNoneMatch: string, tag: string) =>
  ifNoneMatch.trim() === "*" || [...ifNoneMatch.matchAll(/"[^"]*"/g)].some(([given]) => given === tag);

/** JSON text with its tag; 304 without a body where the caller has it already. */
export function conditionalJson(
  request: Pick<Request, "headers">,
  text: string,
  { tag = entityTag(text), headers = {} }: { tag?: string; headers?: Record<string, string> } = {},
): Response {
  const said = { ...headers, ETag: tag };
  const ifNoneMatch = request.headers.get("if-none-match");
  if (ifNoneMatch !== null && names(ifNoneMatch, tag)) return new Response(null, { status: 304, headers: said });
  return new Response(text, { headers: { ...said, "Content-Type": "application/json" } });
}
