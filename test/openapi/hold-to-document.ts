import { openApiDocument } from "@/lib/http/openapi/document";
import { departureOf, type Exchange, type Operations, readOperations } from "./prism";

let operations: Promise<Operations> | undefined;

/** Throws where an answer is not as the OpenAPI document has it, or holds a field that stands there nowhere. */
export async function holdToDocument(exchange: Exchange): Promise<void> {
  operations ??= readOperations(openApiDocument("https://tokens.acme.example", { closed: true }));
  const departure = await departureOf(exchange, await operations);
  if (departure) throw new Error(departure);
}
