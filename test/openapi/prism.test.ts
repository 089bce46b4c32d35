import { describe, expect, it } from "vitest";
import { openApiDocument } from "@/lib/http/openapi/document";
import { recordedExample } from "@/lib/http/reference/recorded-example";
import { departureOf, type Exchange, readOperations } from "./prism";

const address = "https://tokens.acme.example";
const operations = await readOperations(openApiDocument(address, { closed: true }));
const me = recordedExample("whoAmI", address) as Record<string, unknown>;

const judged = ({ body = me, ...wish }: Partial<Exchange> & { body?: unknown } = {}) =>
  departureOf(
    {
      method: "GET",
      path: "/api/v1/me",
      status: 200,
      headers: { "content-type": "application/json", "x-request-id": "a", etag: '"b"' },
      text: JSON.stringify(body),
      ...wish,
    },
    operations,
  );

const { name: _, ...nameless } = me;
const problem = { type: `${address}/docs/problems/not_found`, title: "There is no such thing.", request_id: "a" };

describe("an answer of the API", () => {
  it("passes where it is as documented", async () => {
    expect(await judged()).toBeNull();
  });

  it.each([
    ["without a field", { body: nameless }, "must have required property 'name'"],
    ["with a field that stands nowhere", { body: { ...me, hash: "…" } }, "must NOT have additional properties"],
    ["with a field of another type", { body: { ...me, permissions: "all" } }, "must be array"],
    [
      "with a word that is none of those",
      { body: { ...me, kind: "god" } },
      "must be equal to one of the allowed values",
    ],
    ["without a header that it always has", { headers: { "content-type": "application/json" } }, "x-request-id"],
    ["of a status that is not documented", { status: 418 }, "Unable to match the returned status code"],
    [
      "of a type that is not documented",
      { headers: { "content-type": "text/html", "x-request-id": "a" } },
      "media type",
    ],
    [
      "with a code that the operation does not have",
      {
        status: 403,
        body: { ...problem, status: 403, code: "token_cannot_mint" },
        headers: { "content-type": "application/problem+json", "x-request-id": "a" },
      },
      "body.code",
    ],
    ["from an address that there is not", { path: "/api/v1/you" }, "no such operation"],
    ["to a method that the address does not have", { method: "PUT" }, "no such operation"],
  ])("is told apart %s, with the operation and the status", async (_name, wish, said) => {
    const departure = await judged(wish);
    expect(departure).toContain(said);
    const { method = "GET", path = "/api/v1/me", status = 200 } = wish as Partial<Exchange>;
    expect(departure).toContain(`${method} ${path} answered ${status}`);
  });

  it("may refuse what is not documented: with 404, or with 405 at an address of another method", async () => {
    expect(await judged({ path: "/api/v1/you", status: 404, body: {} })).toBeNull();
    expect(await judged({ path: "/api/v1/tokens/self", status: 405, body: {} })).toBeNull();
  });
});
