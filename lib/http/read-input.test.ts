import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tokenQuery } from "@/lib/tokens/token-input";
import { mintToken } from "@/lib/tokens/token-secret";
import { InvalidCursor } from "./cursor";
import { Problem } from "./problem";
import { readBody, readParam, readQuery } from "./read-input";

const schema = z.strictObject({ name: z.string(), nested: z.strictObject({ a: z.number() }).optional() });

function post(body: string | Uint8Array, type: string | null = "application/json"): Request {
  const headers = new Headers(type === null ? {} : { "content-type": type });
  return new Request("http://latchkey.example/x", { method: "POST", body: body as BodyInit, headers });
}

async function problemOf(run: () => unknown): Promise<Problem> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

const refusedBody = (body: string | Uint8Array, type?: string | null) =>
  problemOf(() => readBody(post(body, type), schema));
/** What is said of each field that is wrong. */
const sentencesOf = (problem: Problem) =>
  Object.fromEntries(problem.options.errors?.map(({ field, detail }) => [field, detail]) ?? []);
const fieldsOf = (problem: Problem) => problem.options.errors?.map(({ field }) => field);

describe("a body", () => {
  it.each(["application/json", "application/json; charset=utf-8", "APPLICATION/JSON;charset=UTF-8"])(
    "is read as %s",
    async (type) => {
      await expect(readBody(post('{"name":"Zoë"}', type), schema)).resolves.toEqual({ name: "Zoë" });
    },
  );

  it.each([
    null,
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "application/jsonp",
  ])("is refused with 415 as %s", async (type) => {
    expect((await refusedBody("{}", type)).code).toBe("unsupported_media_type");
  });

  it.each([
    ["nothing", ""],
    ["half of it", '{"name":'],
    ["bytes that are no UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
    ["a comment", '{"name":"x"} // y'],
  ])("that is no JSON is refused with 400: %s", async (_, body) => {
    expect((await refusedBody(body)).code).toBe("invalid_json");
  });

  it("of 64 KiB is read, and of one byte more is refused with 413", async () => {
    const body = (size: number) => JSON.stringify({ name: "x".repeat(size - 11) });
    expect(body(65_536)).toHaveLength(65_536);
    await expect(readBody(post(body(65_536)), schema)).resolves.toBeDefined();
    expect((await refusedBody(body(65_537))).code).toBe("body_too_large");
  });

  it("that lies about its length is refused by what came", async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(16_384)),
    });
    const request = new Request("http://latchkey.example/x", {
      method: "POST",
      body: stream,
      headers: { "content-type": "application/json" },
      duplex: "half",
    } as RequestInit);
    expect((await problemOf(() => readBody(request, schema))).code).toBe("body_too_large");
  });

  it("takes a sender that leaves in the middle for what it is, and not for a database that is away", async () => {
    const half = new ReadableStream({
      pull(controller) {
        controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
      },
    });
    const request = new Request("http://latchkey.test", {
      method: "POST",
      body: half,
      headers: { "content-type": "application/json" },
      duplex: "half",
    } as RequestInit);
    expect((await problemOf(() => readBody(request, schema))).code).toBe("incomplete_body");
  });

  it("names every field that is wrong, missing or unknown", async () => {
    const problem = await refusedBody('{"nested":{"a":"1","b":2},"other":1}');
    expect(problem.code).toBe("invalid_input");
    expect(sentencesOf(problem)).toEqual({
      name: "Give this field.",
      "nested.a": "Give a number.",
      "nested.b": "There is no such field.",
      other: "There is no such field.",
    });
  });

  it("repeats no token that was sent as the name of a field", async () => {
    const token = mintToken("lk", "cls").plain.reveal();
    for (const body of [`{"name":"a","${token}":1}`, `{"name":"a","nested":{"x${token}":1,"x${token}":2}}`]) {
      const problem = await refusedBody(body);
      expect(problem.code).toBe("invalid_input");
      expect(JSON.stringify(problem.options)).toContain("[secret]");
      expect(JSON.stringify(problem.options)).not.toContain(token.slice(20, 40));
    }
  });

  it.each([
    ["name", '{"name":"a","name":"b"}'],
    ["name", '{"name":"a","n\\u0061me":"b"}'],
    ["nested.a", '{"name":"a","nested":{"a":1,"a":1}}'],
    ["__proto__", '{"name":"a","__proto__":{"x":1}}'],
  ])("is refused where %s is given twice or is no field: %s", async (field, body) => {
    expect(fieldsOf(await refusedBody(body))).toContain(field);
  });

  it("may say the same word as a value and as a field", async () => {
    await expect(readBody(post('{"name":"name","nested":{"a":1}}'), schema)).resolves.toBeDefined();
  });

  it("nested without end is refused, whatever is in it", async () => {
    expect((await refusedBody(`{"name":${"[".repeat(5000)}${"]".repeat(5000)}}`)).code).toBe("invalid_input");
  });
});

const query = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  status: z.array(z.enum(["active", "expired"])).default([]),
  cursor: z.string().max(10).nullable().default(null),
});
const ask = (search: string) => readQuery(new Request(`http://latchkey.example/x${search}`), query);

describe("a query", () => {
  it("takes what is left out from the schema", () => {
    expect(ask("")).toEqual({ limit: 50, status: [], cursor: null });
  });

  it("takes lists by repetition, one value too", () => {
    expect(ask("?status=active").status).toEqual(["active"]);
    expect(ask("?status=active&status=expired").status).toEqual(["active", "expired"]);
  });

  it.each([
    ["limit", "?limit=0"],
    ["limit", "?limit=1&limit=2"],
    ["status", "?status=gone"],
    ["colour", "?colour=red"],
    ["__proto__", "?__proto__=x"],
  ])("is refused with the parameter %s: %s", async (field, search) => {
    const problem = await problemOf(() => ask(search));
    expect(problem.code).toBe("invalid_input");
    expect(fieldsOf(problem)).toEqual([field]);
  });

  it("is told what may stand there instead", async () => {
    const tokens = (search: string) =>
      problemOf(() => readQuery(new Request(`http://latchkey.example/x${search}`), tokenQuery));
    expect(
      sentencesOf(await tokens("?limit=9999&status=bogus&sort=colour&last_used=soon&issued_by=me&role=x")),
    ).toEqual({
      limit: "Give a whole number from 1 to 100.",
      status: "Give one of active, expired, deleted.",
      sort: "Give one of created_at, -created_at, name, -name, last_used_at, -last_used_at, expires_at, -expires_at.",
      last_used: "Give one of 24h, 7d, 30d, 90d, over_90d, never.",
      issued_by: "Give the id of a member.",
      role: "Give the id of a role, or none.",
    });
    expect(sentencesOf(await tokens("?limit=many"))).toEqual({ limit: "Give a whole number from 1 to 100." });
  });

  it.each(["?cursor=", "?cursor=much-too-long"])(
    "with a cursor that cannot be one is refused as that: %s",
    (search) => {
      expect(() => ask(search)).toThrow(InvalidCursor);
    },
  );
});

describe("a part of the path", () => {
  it("that cannot be an id is not found, like one that is not there", async () => {
    expect((await problemOf(() => readParam("'; drop", z.uuid()))).code).toBe("not_found");
    expect((await problemOf(() => readParam(undefined, z.uuid()))).code).toBe("not_found");
  });
});
