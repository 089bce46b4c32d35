import fc from "fast-check";
import type { ApiDocument, Operation } from "./api-document";
import type { Bytes } from "./hostile-bodies";
import { AUTHORIZATIONS } from "./hostile-credentials";
import { oneOf, SEGMENTS } from "./hostile-heads";
import { type Change, change, type Draft } from "./request-changes";
import { standIn, valuesOf } from "./schema-values";

/** A request as it goes over the wire, but for the stand-ins in it. */
export interface RawRequest {
  method: string;
  /** Path and query. */
  target: Bytes;
  /** In their order, names as often as they come. */
  headers: (readonly [name: string, value: Bytes])[];
  body: Bytes | null;
  chunked: boolean;
}

const utf8 = (text: string): Bytes => Buffer.from(text, "utf8").toString("latin1");

/** Requests of one operation: about a third as documented, the others with one to three things wrong. */
export function requestsOf(operation: Operation, document: ApiDocument): fc.Arbitrary<RawRequest> {
  const changes = fc.oneof(
    { weight: 2, arbitrary: fc.constant<Change[]>([]) },
    { weight: 3, arbitrary: fc.array(change, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(change, { minLength: 2, maxLength: 3 }) },
  );
  return fc
    .tuple(asDocumented(operation, document), changes)
    .map(([draft, wrong]) => assemble(wrong.reduce((changed, next) => next(changed), draft)));
}

function asDocumented(operation: Operation, document: ApiDocument): fc.Arbitrary<Draft> {
  const path = operation.path.split("/").map((part) => {
    if (!part.startsWith("{")) return fc.constant(part);
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant(standIn(idNamedBy(operation.path))) },
      oneOf(SEGMENTS),
      fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
    );
  });
  const queries = operation.parameters
    .filter((parameter) => parameter.in === "query")
    .map(({ name, schema = {} }) => fc.option(valuesOf(schema, document, name).map((value) => written(name, value))));
  const bodies = Object.entries(operation.bodies).map(([type, { schema = {} }]) =>
    valuesOf(schema, document).map((value) => ({
      type,
      text: type.includes("json") ? utf8(JSON.stringify(value)) : written("", value).join("&"),
    })),
  );
  // Client endpoints take the client's own credentials; everything else a token.
  const good = operation.path.includes("/oauth/")
    ? [`Basic ${standIn("basic")}`]
    : [`Bearer ${standIn("pat_admin")}`, `Bearer ${standIn("access")}`];
  const authorizations = fc.oneof(
    { weight: 6, arbitrary: oneOf(good).map((value) => [value]) },
    { weight: 3, arbitrary: oneOf(AUTHORIZATIONS).map((value) => [value]) },
    { weight: 1, arbitrary: fc.constant<Bytes[]>([]) },
  );
  return fc
    .record({
      path: fc.tuple(...path),
      queries: fc.tuple(...queries),
      authorizations,
      body: bodies.length > 0 ? fc.oneof(...bodies) : fc.constant(null),
      chunked: fc.nat({ max: 9 }).map((number) => number === 0),
    })
    .map(({ path, queries, authorizations, body, chunked }) => ({
      method: operation.method,
      path,
      query: queries.flatMap((pairs) => pairs ?? []),
      authorizations,
      types: body ? [body.type] : [],
      headers: [],
      body: body?.text ?? null,
      chunked,
    }));
}

function idNamedBy(path: string): string {
  const noun = path.split("/").findLast((part) => /^(?:tokens|members|groups|roles)$/.test(part));
  return noun ? noun.slice(0, -1) : "token";
}

/** A value as parameters of an address or a form: a list repeats its name. */
function written(name: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => written(name, item));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, item]) => written(key, item));
  const text = String(value).toWellFormed();
  return [`${encodeURIComponent(name)}=${encodeURIComponent(text)}`];
}

function assemble({ method, path, query, authorizations, types, headers, body, chunked }: Draft): RawRequest {
  const search = query.length > 0 ? `?${query.join("&")}` : "";
  // A line ends at white space, and other bytes than ASCII end the reading of it: that would be no request.
  const target = (path.join("/") + search).replace(
    /[^\x21-\x7e]/g,
    (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return {
    method,
    target: /^(?:\/|http:\/\/[a-z])/.test(target) ? target : `/${target}`,
    headers: [
      ...authorizations.map((value) => ["Authorization", value] as const),
      ...types.map((type) => ["Content-Type", type] as const),
      ...headers,
    ],
    body,
    chunked,
  };
}
