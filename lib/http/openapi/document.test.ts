import { describe, expect, it } from "vitest";
import { ENDPOINTS } from "../api-reference";
import { PROBLEMS } from "../problem";
import { problemsOf } from "../problems-of";
import { openApiDocument } from "./document";

const address = "https://tokens.acme.example";
const document = openApiDocument(address);

interface Operation {
  operationId: string;
  security: object[];
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: { allOf?: unknown[] } }> }>;
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
      const names = operationOf(path, method).security.flatMap((one) => Object.keys(one));
      expect([path, names]).toEqual([
        path,
        { token: ["token", "apiKey", "accessToken"], client: ["client"], none: [] }[credential],
      ]);
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
