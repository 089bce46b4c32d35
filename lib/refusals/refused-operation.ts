import { API_REFERENCE } from "@/lib/http/api-reference";
import { placeOf } from "@/lib/http/reference/place";
import type { RefusedCall, RefusedOperation } from "./refusal-facts";

const OPERATIONS = API_REFERENCE.flatMap((group) =>
  group.endpoints.map((endpoint) => ({ ...endpoint, parts: endpoint.path.split("/"), href: placeOf(group, endpoint) })),
);

const isParameter = (part: string) => part.startsWith("{");

/** Null where the API has no such endpoint, and for what other servers answer behind the gate. */
export function operationOf({
  method,
  path,
  server,
}: Pick<RefusedCall, "method" | "path" | "server">): RefusedOperation | null {
  if (server !== "app") return null;
  const sent = path.split("/");
  const fitting = OPERATIONS.filter(
    (operation) =>
      operation.method === method &&
      operation.parts.length === sent.length &&
      operation.parts.every((part, at) => isParameter(part) || part === sent[at]),
  );
  // An address of its own goes before one that stands for many.
  const found = fitting.find(({ parts }) => !parts.some(isParameter)) ?? fitting[0];
  if (!found) return null;
  const { title, href, parts } = found;
  const at = parts.findIndex(isParameter);
  return { title, href, named: at < 1 ? null : { collection: parts[at - 1] ?? "", id: sent[at] ?? "" } };
}
