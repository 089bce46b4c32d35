import { beforeAll, describe, expect, inject, it } from "vitest";
import { type RawAnswer, sendRaw } from "../fuzz/send-raw";
import { makeScene, type Scene, servedDatabase } from "./scene";

const url = inject("servedUrl");
const { db } = servedDatabase();

let scene: Scene;
let token: string;
let access: string;
let basic: string;

beforeAll(async () => {
  scene = await makeScene(db);
  const { client, world } = scene;
  token = (await world.addToken(world.admin, { roleId: null })).secret;
  basic = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`;
  const exchanged = await fetch(`${url}/api/v1/oauth/token`, {
    method: "POST",
    headers: { authorization: basic },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  access = (await exchanged.json()).access_token;
});

type Header = readonly [name: string, value: string];

/** Written by hand, since no client sends a header twice. */
function send(
  method: string,
  path: string,
  headers: readonly Header[],
  form?: Record<string, string>,
): Promise<RawAnswer> {
  const body = form ? new URLSearchParams(form).toString() : "";
  const lines: Header[] = [
    ["Host", new URL(url).host],
    ["Connection", "close"],
    ...(form ? ([["Content-Type", "application/x-www-form-urlencoded"]] as const) : []),
    ["Content-Length", String(body.length)],
    ...headers,
  ];
  return sendRaw(url, [`${method} ${path} HTTP/1.1`, ...lines.map((line) => line.join(": ")), "", body].join("\r\n"));
}

const bearer = (credential: string): Header => ["Authorization", `Bearer ${credential}`];
const json = ({ body }: RawAnswer) => JSON.parse(body.toString("utf8"));

/** RFC 6750, 3.1: 400 with `invalid_request` in the challenge, and the problem that says which. */
function expectInvalidRequest(answer: RawAnswer, code: string): void {
  expect(answer.status).toBe(400);
  expect(answer.headers).toMatchObject({
    "www-authenticate": 'Bearer realm="latchkey", error="invalid_request"',
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  expect(json(answer)).toEqual({
    type: `${url}/docs/problems/${code}`,
    title: expect.any(String),
    status: 400,
    code,
    request_id: answer.headers["x-request-id"],
  });
}

/** RFC 6749, 5.2. */
function expectOAuthError(answer: RawAnswer, status: number, error: string, page = error): void {
  expect([answer.status, json(answer)]).toEqual([
    status,
    {
      error,
      error_description: expect.stringMatching(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/),
      error_uri: `${url}/docs/problems/${page}`,
      request_id: answer.headers["x-request-id"],
    },
  ]);
  expect(answer.headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "no-store",
    pragma: "no-cache",
  });
  expect(answer.headers["www-authenticate"]).toBe(
    status === 401 ? 'Basic realm="latchkey", charset="UTF-8"' : undefined,
  );
}

describe("two credentials at once (RFC 6750, 2)", () => {
  it("are refused in two headers, whichever of them is right and whatever the other is", async () => {
    for (const right of [token, access]) {
      for (const other of [
        bearer(right),
        bearer("x"),
        ["Authorization", basic],
        ["authorization", `APIKey ${right}`],
      ] as const) {
        expectInvalidRequest(await send("GET", "/api/v1/me", [bearer(right), other]), "two_credentials");
        expectInvalidRequest(await send("GET", "/api/v1/me", [other, bearer(right)]), "two_credentials");
      }
      expectInvalidRequest(await send("GET", "/api/v1/me", [bearer(`${right}, Bearer ${right}`)]), "two_credentials");
      expectInvalidRequest(await send("GET", "/api/v1/me", [bearer(`${right} ${right}`)]), "two_credentials");
    }
  });

  it("are refused where the second stands in the body, and nothing is made", async () => {
    const answer = await send("POST", "/api/v1/tokens", [bearer(token)], { access_token: access, name: "Two" });
    expectInvalidRequest(answer, "two_credentials");
    const without = await send("POST", "/api/v1/tokens", [bearer(token)], { name: "Two" });
    expect([without.status, json(without).code]).toEqual([415, "unsupported_media_type"]);
  });

  it("are refused at the token endpoint, as Basic and in the form and in two headers", async () => {
    const { id, secret } = scene.client;
    const grant = { grant_type: "client_credentials" };
    const both = { ...grant, client_id: id, client_secret: secret };
    for (const path of ["/api/v1/oauth/token", "/api/v1/oauth/introspect", "/api/v1/oauth/revoke"]) {
      const form = path.endsWith("token") ? both : { ...both, token: access };
      expectOAuthError(await send("POST", path, [["Authorization", basic]], form), 400, "invalid_request");
      const twice = await send(
        "POST",
        path,
        [
          ["Authorization", basic],
          ["Authorization", basic],
        ],
        { ...grant, token: access },
      );
      expectOAuthError(twice, 400, "invalid_request");
    }
    expect((await send("GET", "/api/v1/me", [bearer(access)])).status, "nothing was taken back").toBe(200);
  });
});

describe("a token in the address (RFC 9700, 4.3.2)", () => {
  it("is refused under any name, beside a header and without one", async () => {
    for (const one of [token, access]) {
      for (const query of [`access_token=${one}`, `token=${one}`, `q=${one}`, `${one}`, `a=b&x=Bearer%20${one}`]) {
        expectInvalidRequest(await send("GET", `/api/v1/tokens?${query}`, []), "token_in_query");
        expectInvalidRequest(await send("GET", `/api/v1/tokens?${query}`, [bearer(token)]), "token_in_query");
      }
    }
  });

  it("is refused at the token endpoint, in OAuth's own words", async () => {
    const { id, secret } = scene.client;
    for (const query of [`client_id=${id}&client_secret=${secret}`, `access_token=${access}`]) {
      const answer = await send("POST", `/api/v1/oauth/token?${query}`, [], { grant_type: "client_credentials" });
      expectOAuthError(answer, 400, "invalid_request", "token_in_query");
    }
  });
});

describe("a client that does not prove who it is (RFC 6749, 5.2)", () => {
  it("gets 401 with the challenge of the way it may take, the same for all that is wrong", async () => {
    const { id, secret } = scene.client;
    const grant = { grant_type: "client_credentials" };
    const as = (text: string): Header => ["Authorization", `Basic ${Buffer.from(text).toString("base64")}`];
    const stranger = await makeScene(db);
    for (const path of ["/api/v1/oauth/token", "/api/v1/oauth/introspect", "/api/v1/oauth/revoke"]) {
      const form = path.endsWith("token") ? grant : { token: "x" };
      const answers = [
        await send("POST", path, [as(`${id}:${secret.slice(0, -1)}`)], form),
        await send("POST", path, [as(`${stranger.client.id}:${secret}`)], form),
        await send("POST", path, [as(`000000000000:${secret}`)], form),
        await send("POST", path, [], { ...form, client_id: id, client_secret: "x" }),
      ];
      for (const answer of answers) expectOAuthError(answer, 401, "invalid_client");
      const told = answers.map((answer) => JSON.stringify({ ...json(answer), request_id: null }));
      expect(new Set(told).size).toBe(1);
    }
  });

  it("is a client of its own organization alone: of another's access token it hears nothing, and takes none back", async () => {
    const stranger = await makeScene(db);
    const theirs: Header = [
      "Authorization",
      `Basic ${Buffer.from(`${stranger.client.id}:${stranger.client.secret}`).toString("base64")}`,
    ];
    const asked = await send("POST", "/api/v1/oauth/introspect", [theirs], { token: access });
    expect([asked.status, json(asked)]).toEqual([200, { active: false }]);
    expect((await send("POST", "/api/v1/oauth/revoke", [theirs], { token: access })).status).toBe(200);
    expect((await send("GET", "/api/v1/me", [bearer(access)])).status).toBe(200);
  });
});

it("no credential gets 401 with a bare challenge, and no error code (RFC 6750, 3)", async () => {
  for (const headers of [[], [["Authorization", basic]], [["Authorization", "Digest username=x"]]] as const) {
    const answer = await send("GET", "/api/v1/me", headers);
    expect([answer.status, answer.headers["www-authenticate"], json(answer).code]).toEqual([
      401,
      'Bearer realm="latchkey"',
      "missing_token",
    ]);
  }
});
