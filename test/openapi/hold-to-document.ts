import { type Exchange, isDocumented, violationsOf } from "./prism";

/** What an address may answer to a method that it does not have: no such address, no such method, or which there are. */
const UNDOCUMENTED = [204, 404, 405];

/** Throws where an answer is not as the OpenAPI document has it. */
export async function holdToDocument(exchange: Exchange): Promise<void> {
  const { method, path, status } = exchange;
  const { pathname } = new URL(path, "http://latchkey.example");
  // Node sends no body with it, and all else is that of GET.
  if (method === "HEAD") return;
  const wrong = (await isDocumented(method, pathname))
    ? await violationsOf(exchange)
    : UNDOCUMENTED.includes(status)
      ? []
      : ["the document has no such operation"];
  if (wrong.length === 0) return;
  throw new Error(
    `${method} ${path} answered ${status} otherwise than documented:\n  ${wrong.join("\n  ")}\n${exchange.text.slice(0, 1000)}`,
  );
}
