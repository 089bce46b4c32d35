import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Latchkey } from "@/clients/typescript/latchkey";
import { ENDPOINTS } from "@/lib/http/api-reference";
import { openApiDocument } from "@/lib/http/openapi/document";
import { METHOD_NAMES } from "./method-names";
import type { OpenApiDocument } from "./openapi-document";
import { TYPESCRIPT_CLIENT, typescriptClient } from "./typescript-client";

const document = openApiDocument("https://tokens.example.com") as unknown as OpenApiDocument;
const operations = Object.values(document.paths)
  .flatMap((item) => Object.values(item))
  .map(({ operationId }) => operationId);

describe("the TypeScript client", () => {
  it("is what the OpenAPI document of now makes of it: `npm run clients` makes it again", async () => {
    expect(readFileSync(TYPESCRIPT_CLIENT, "utf8")).toBe(await typescriptClient(document));
  });

  it("has a method for every endpoint, and a name for nothing else", () => {
    expect(operations).toHaveLength(ENDPOINTS.length);
    expect(Object.keys(METHOD_NAMES).sort()).toEqual([...operations].sort());
    const latchkey = new Latchkey({ baseUrl: "https://tokens.example.com" });
    for (const name of Object.values(METHOD_NAMES)) {
      const method = name
        .split(".")
        .reduce<unknown>((found, part) => (found as Record<string, unknown>)?.[part], latchkey);
      expect(method, name).toBeTypeOf("function");
    }
    expect(new Set(Object.values(METHOD_NAMES)).size).toBe(operations.length);
  });
});
