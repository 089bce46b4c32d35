import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "../api-reference";
import { statusesOf } from "../oauth-error-codes";
import { PROBLEMS } from "../problem";
import { OAUTH_TEXTS } from "../problem-pages/oauth-texts";
import { problemsOf } from "../problems-of";
import { openApiDocument } from "./document";

const address = "https://tokens.acme.example";
const document = openApiDocument(address);

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Operation {
  operationId: string;
  security: object[];
  parameters?: { $ref?: string; name?: string; description?: string }[];
  responses: Record<
    string,
    {
      $ref?: string;
      description?: string;
      headers?: object;
      content?: Record<string, { schema: Schema; examples?: Record<string, { $ref?: string }> }>;
    }
  >;
}

/** Every field within a schema by its path, and whether it is described. Of `allOf`, the first tells what the others narrow. */
function fieldsOf(schema: Schema, name: string): [string, boolean][] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([field, inner]): [string, boolean][] => [
    [`${name}.${field}`, Boolean(inner.description)],
    ...fieldsOf(inner, `${name}.${field}`),
  ]);
  const within = [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), schema.allOf?.[0]];
  return [...own, ...within.flatMap((part) => (part ? fieldsOf(part, name) : []))];
}

const operationOf = (path: string, method: string) => document.paths[path]?.[method.toLowerCase()] as Operation;

describe("the OpenAPI document", () => {
  it("is the same each time, to the byte, and says where it is served", () => {
    expect(JSON.stringify(openApiDocument(address))).toBe(JSON.stringify(document));
    expect(document).toMatchObject({ openapi: "3.1.1", servers: [{ url: address }] });
    expect(JSON.stringify(document).includes("localhost")).toBe(false);
  });

  it("has every endpoint of the reference with its name, and no other operation", () => {
    for (const { path, method, operationId } of ENDPOINTS)
      expect(operationOf(path, method).operationId).toBe(operationId);
    expect(Object.values(document.paths).flatMap((item) => Object.keys(item))).toHaveLength(ENDPOINTS.length);
  });

  it("documents every status that an endpoint may answer with, and no server error without words", () => {
    for (const endpoint of ENDPOINTS) {
      const { responses } = operationOf(endpoint.path, endpoint.method);
      const told = Object.keys(responses).map(Number);
      const expected = [endpoint.status, ...problemsOf(endpoint).map((code) => PROBLEMS[code].status)];
      expect([endpoint.operationId, expected.filter((status) => !told.includes(status))]).toEqual([
        endpoint.operationId,
        [],
      ]);
      expect(told).toContain(500);
    }
  });

  it("asks for a credential wherever the route does, and nowhere else", () => {
    for (const { path, method, credential } of ENDPOINTS) {
      const { security } = operationOf(path, method);
      const names = security.map((one) => Object.keys(one).join());
      expect([path, names]).toEqual([
        path,
        { token: ["token", "apiKey", "accessToken"], client: ["client", ""], login: ["token", ""], none: [] }[
          credential
        ],
      ]);
    }
  });

  it("tells of the limits that a call is held to, with whatever credential it comes", () => {
    for (const { path, method, credential, status, operationId } of ENDPOINTS) {
      const { headers = {} } = operationOf(path, method).responses[status] ?? {};
      const isHeld = credential === "token" || credential === "client";
      expect([operationId, "RateLimit" in headers, "RateLimit-Policy" in headers]).toEqual([
        operationId,
        isHeld,
        isHeld,
      ]);
    }
  });

  it("says where a client's credentials may stand in the form", () => {
    const { schemas } = document.components as { schemas: Record<string, Schema> };
    for (const { operationId, credential } of ENDPOINTS) {
      if (credential !== "client") continue;
      const name = `${operationId[0]?.toUpperCase()}${operationId.slice(1)}Body`;
      expect(Object.keys(schemas[name]?.properties ?? {})).toEqual(
        expect.arrayContaining(["client_id", "client_secret"]),
      );
    }
  });

  it("says nothing that Markdown takes for HTML, and so leaves out, outside of code", () => {
    const said: string[] = [];
    JSON.stringify(document, (name, value) => {
      if (["description", "summary", "title"].includes(name) && typeof value === "string") said.push(value);
      return value;
    });
    expect(said.length).toBeGreaterThan(100);
    expect(said.filter((text) => /<[a-z!/?]/i.test(text.replace(/`[^`]*`/g, "")))).toEqual([]);
  });

  it("says of every field and every parameter what it is", () => {
    const components = document.components as { schemas: Record<string, Schema> };
    const named = Object.entries(components.schemas);
    const answered = ENDPOINTS.flatMap(({ path, method, operationId }) =>
      Object.entries(operationOf(path, method).responses).flatMap(([status, { content = {} }]) =>
        Object.values(content).map(({ schema }): [string, Schema] => [`${operationId} ${status}`, schema]),
      ),
    );
    const asked = ENDPOINTS.flatMap(({ path, method, operationId }) =>
      (operationOf(path, method).parameters ?? []).map(({ $ref, name, description }): [string, boolean] => [
        `${operationId} ?${name}`,
        $ref !== undefined || Boolean(description),
      ]),
    );
    const fields = [...named, ...answered].flatMap(([name, schema]) => fieldsOf(schema, name));
    expect(fields.length).toBeGreaterThan(250);
    expect([...fields, ...asked].filter(([, isDescribed]) => !isDescribed).map(([name]) => name)).toEqual([]);
  });

  it("says of every error of OAuth where it is specified, and shows one with its request id", () => {
    for (const { path, method, oauthErrors = [] } of ENDPOINTS) {
      const { responses } = operationOf(path, method);
      for (const [status, code] of oauthErrors.flatMap((error) => statusesOf(error).map((s) => [s, error] as const))) {
        const { description = "", content } = responses[status] ?? {};
        expect(description).toContain(`\`${code}\` (${OAUTH_TEXTS[code].definedIn}): ${OAUTH_TEXTS[code].sentence}`);
        const { $ref } = content?.["application/json"]?.examples?.[code] ?? {};
        const { examples } = document.components as { examples: Record<string, { value: object }> };
        expect(examples[$ref?.split("/").at(-1) ?? ""]?.value).toMatchObject({
          error: code,
          error_uri: expect.stringMatching(`^${address}/docs/problems/`),
          request_id: expect.any(String),
        });
      }
    }
  });

  it("refers to nothing that it does not hold", () => {
    const text = JSON.stringify(document);
    const components = document.components as Record<string, Record<string, unknown>>;
    for (const [, kind = "", name = ""] of text.matchAll(/"#\/components\/(\w+)\/([^"]+)"/g))
      expect(components[kind]).toHaveProperty([name]);
    expect(text).not.toContain("#/$defs");
  });

  it("lets answers gain fields, but not those that tests are held to", () => {
    const tokenIn = (options: { closed?: boolean }) =>
      (openApiDocument(address, options).components as { schemas: { Token: { additionalProperties?: boolean } } })
        .schemas.Token;
    expect(tokenIn({}).additionalProperties).toBeUndefined();
    expect(tokenIn({ closed: true }).additionalProperties).toBe(false);
  });
});
