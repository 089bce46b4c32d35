import { inspect } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Asked, answeringServer, type Said } from "@/test/answering-server";
import {
  Latchkey,
  LatchkeyError,
  type LatchkeyOptions,
  LatchkeyProblem,
  LatchkeySecretLost,
  type LatchkeySession,
  LatchkeyUnreachable,
} from "./latchkey";

const SECRET = "lk_pat_1m9YQ2zk7hVd_thisIsTheSecretThatNobodyMayEverSee0000000000";

afterEach(() => {
  vi.useRealTimers();
});

/** A client of a server that answers so, which waits for nothing and writes down how long it would have. */
async function client(
  answer: (asked: Asked, before: number) => Said | Promise<Said>,
  options: Partial<LatchkeyOptions> = { token: SECRET },
) {
  const server = await answeringServer(answer);
  const waits: number[] = [];
  const wait = async (milliseconds: number, signal?: AbortSignal) => {
    waits.push(milliseconds);
    signal?.throwIfAborted();
  };
  return { ...server, waits, latchkey: new Latchkey({ baseUrl: server.url, wait, ...options }) };
}

const problem = (status: number, code: string, headers?: Record<string, string>): Said => ({
  status,
  headers,
  body: { type: `https://tokens.example.com/docs/problems/${code}`, title: "No.", status, code, request_id: "req-1" },
});

const caught = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error("it was answered");
    },
    (error) => error,
  );

describe("a call that is not answered", () => {
  it.each([429, 503])("is repeated on %i after what Retry-After says, and no sooner", async (status) => {
    const { latchkey, asked, waits } = await client((_, before) =>
      before < 2 ? problem(status, "later", { "retry-after": "7" }) : { body: { id: "x" } },
    );
    expect(await latchkey.me()).toEqual({ id: "x" });
    expect(asked).toHaveLength(3);
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(7000);
    expect(new Set(waits).size).toBe(2);
  });

  it("is repeated after longer and longer where the answer says nothing, so and so often and not more", async () => {
    const { latchkey, asked, waits } = await client(() => problem(503, "unavailable"), { token: SECRET, retries: 4 });
    expect(await caught(latchkey.me())).toMatchObject({ code: "unavailable", status: 503, requestId: "req-1" });
    expect(asked).toHaveLength(5);
    const bounds = [500, 1000, 2000, 4000];
    waits.forEach((wait, at) => {
      expect(wait).toBeGreaterThanOrEqual((bounds[at] ?? 0) / 2);
      expect(wait).toBeLessThanOrEqual(bounds[at] ?? 0);
    });
  });

  it("is given up at once where the wait is longer than the client is ready for", async () => {
    const answer = () => problem(429, "rate_limited", { "retry-after": "3600" });
    const { latchkey, asked, waits } = await client(answer);
    expect(await caught(latchkey.me())).toMatchObject({ code: "rate_limited", retryAfter: 3600 });
    expect([asked.length, waits.length]).toEqual([1, 0]);
  });

  it("is repeated where the connection breaks, and where a proxy lost it", async () => {
    const said: Said[] = ["hangUp", { status: 502, body: "<h1>Bad gateway</h1>" }, { body: { id: "x" } }];
    const { latchkey, asked } = await client((_, before) => said[before] ?? "hangUp");
    expect(await latchkey.tokens.get("1m9YQ2zk7hVd")).toEqual({ id: "x" });
    expect(asked).toHaveLength(3);
  });

  it.each([400, 403, 404, 409, 422, 500])("is not repeated on %i", async (status) => {
    const { latchkey, asked } = await client(() => problem(status, "no", { "retry-after": "1" }));
    expect(await caught(latchkey.me())).toBeInstanceOf(LatchkeyProblem);
    expect(asked).toHaveLength(1);
  });

  it("makes one token however often it is sent: under one key, another one for another call", async () => {
    const { latchkey, asked } = await client((_, before) =>
      before === 0 ? "hangUp" : { status: 201, body: { id: "x", secret: "s" } },
    );
    await latchkey.tokens.create({ name: "a" });
    await latchkey.tokens.create({ name: "a" });
    await latchkey.tokens.create({ name: "a" }, { idempotencyKey: "mine" });
    const keys = asked.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys[3]).toBe("mine");
  });

  it("says what was made where the answer with its secret was lost, and makes no second one", async () => {
    const { latchkey, asked } = await client((_, before) =>
      before === 0 ? "hangUp" : { status: 201, body: { id: "1m9YQ2zk7hVd" } },
    );
    const error = await caught(latchkey.tokens.create({ name: "a" }));
    expect(error).toBeInstanceOf(LatchkeySecretLost);
    expect(error).toMatchObject({ made: { id: "1m9YQ2zk7hVd" } });
    expect(asked).toHaveLength(2);
  });

  it("asks for a new secret again where the answer with it was lost, once the API lets it", async () => {
    const said: Said[] = [
      "hangUp",
      problem(409, "rotated_just_now", { "retry-after": "5" }),
      { body: { secret: "s" } },
    ];
    const { latchkey, asked, waits } = await client((_, before) => said[before] ?? "hangUp");
    expect(await latchkey.tokens.rotate("1m9YQ2zk7hVd")).toEqual({ secret: "s" });
    expect(waits[1]).toBeGreaterThanOrEqual(5000);
    expect(asked.map(({ headers }) => headers["idempotency-key"])).toEqual([undefined, undefined, undefined]);
  });

  it("takes no longer than its timeout, and says that it was that", async () => {
    const { latchkey } = await client(() => "silent", { token: SECRET, timeout: 30, retries: 1 });
    const error = await caught(latchkey.me());
    expect(error).toBeInstanceOf(LatchkeyUnreachable);
    expect(error).toMatchObject({
      reason: "timeout",
      message: expect.stringMatching(/^No answer from http:\/\/\S+ within 30 ms\.$/),
    });
  });

  it("ends when its caller ends it: before it is sent, while it is sent, and while it waits", async () => {
    const reason = new Error("enough");
    const before = await client(() => ({ body: {} }));
    expect(await caught(before.latchkey.me({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(before.asked).toHaveLength(0);

    const during = new AbortController();
    const sent = await client(() => {
      during.abort(reason);
      return "silent";
    });
    expect(await caught(sent.latchkey.me({ signal: during.signal }))).toBe(reason);
    expect(sent.asked).toHaveLength(1);

    const between = new AbortController();
    const waiting = await client(
      () => {
        setImmediate(() => between.abort(reason));
        return problem(503, "unavailable", { "retry-after": "30" });
      },
      { token: SECRET, wait: undefined },
    );
    expect(await caught(waiting.latchkey.me({ signal: between.signal }))).toBe(reason);
    expect(waiting.asked).toHaveLength(1);
  });
});

describe("a list", () => {
  const pages = (asked: Asked): Said => {
    const at = Number(new URL(asked.url, "http://x").searchParams.get("cursor") ?? 0);
    return { body: { data: [{ id: `${at}a` }, { id: `${at}b` }], next_cursor: at < 2 ? String(at + 1) : null } };
  };

  it("is one page where it is awaited, with its filters in the query", async () => {
    const { latchkey, asked } = await client(pages);
    const page = await latchkey.tokens.list({
      status: ["active", "expired"],
      q: "a&b",
      last_used: undefined,
      limit: 2,
    });
    expect(page).toMatchObject({ data: [{ id: "0a" }, { id: "0b" }], next_cursor: "1" });
    expect(asked.map(({ url }) => url)).toEqual(["/api/v1/tokens?status=active&status=expired&q=a%26b&limit=2"]);
  });

  it("is everything where it is walked, each page fetched once, with the filters of the first", async () => {
    const { latchkey, asked } = await client(pages);
    const ids: string[] = [];
    for await (const token of latchkey.tokens.list({ status: ["active"] })) ids.push(token.id);
    expect(ids).toEqual(["0a", "0b", "1a", "1b", "2a", "2b"]);
    expect(asked.map(({ url }) => url.split("?")[1])).toEqual([
      "status=active",
      ...[1, 2].map((at) => `status=active&cursor=${at}`),
    ]);
  });

  it("fetches no page that nobody walks to", async () => {
    const { latchkey, asked } = await client(pages);
    for await (const token of latchkey.tokens.list()) if (token.id === "0b") break;
    expect(asked).toHaveLength(1);
  });

  it("throws in the walk what goes wrong on a later page", async () => {
    const { latchkey } = await client((asked, before) => (before === 0 ? pages(asked) : problem(401, "invalid_token")));
    const seen: string[] = [];
    const walk = async () => {
      for await (const token of latchkey.tokens.list()) seen.push(token.id);
    };
    expect(await caught(walk())).toMatchObject({ code: "invalid_token" });
    expect(seen).toEqual(["0a", "0b"]);
  });
});

describe("a client's two halves", () => {
  const halves = { clientId: "id:with colon", clientSecret: SECRET };
  const grants = (life = 3600) => {
    let made = 0;
    return ({ url, headers }: Asked): Said => {
      if (url === "/api/v1/oauth/token")
        return { body: { access_token: `access-${++made}`, token_type: "Bearer", expires_in: life } };
      return headers.authorization === `Bearer access-${made}` ? { body: { id: "x" } } : problem(401, "invalid_token");
    };
  };
  const exchanges = (asked: Asked[]) => asked.filter(({ url }) => url === "/api/v1/oauth/token");

  it("are exchanged once for all who ask at the same time, and never sent to anything else", async () => {
    const { latchkey, asked } = await client(grants(), { ...halves, scope: ["tokens:read", "members:read"] });
    await Promise.all(Array.from({ length: 20 }, () => latchkey.me()));
    await latchkey.me();
    expect(exchanges(asked)).toHaveLength(1);
    const [exchange] = exchanges(asked);
    const basic = Buffer.from(exchange?.headers.authorization?.replace("Basic ", "") ?? "", "base64").toString();
    expect(basic).toBe(`id%3Awith+colon:${SECRET}`);
    expect(exchange?.body).toBe("grant_type=client_credentials&scope=tokens%3Aread+members%3Aread");
    const rest = asked.filter((call) => call !== exchange);
    expect(JSON.stringify(rest)).not.toContain(SECRET);
  });

  it("are exchanged again shortly before the end of the access token, not after it", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T08:00:00Z") });
    const { latchkey, asked } = await client(grants(3600), halves);
    await latchkey.me();
    vi.setSystemTime(new Date("2026-11-22T08:58:59Z"));
    await latchkey.me();
    expect(exchanges(asked)).toHaveLength(1);
    vi.setSystemTime(new Date("2026-11-22T08:59:00Z"));
    await latchkey.me();
    expect(exchanges(asked)).toHaveLength(2);
    expect(asked.filter(({ url }) => url === "/api/v1/me")).toHaveLength(3);
  });

  it("are exchanged once more where an access token was refused, for all whom that befell", async () => {
    let revoked = false;
    let made = 0;
    const { latchkey, asked } = await client(({ url, headers }) => {
      if (url === "/api/v1/oauth/token") return { body: { access_token: `access-${++made}`, expires_in: 3600 } };
      const works = headers.authorization === (revoked ? "Bearer access-2" : "Bearer access-1");
      return works ? { body: { id: "x" } } : problem(401, "invalid_token");
    }, halves);
    await latchkey.me();
    revoked = true;
    await Promise.all(Array.from({ length: 10 }, () => latchkey.me()));
    expect(exchanges(asked)).toHaveLength(2);
  });

  it("are not exchanged over and over where every access token is refused", async () => {
    const { latchkey, asked } = await client(({ url }) => {
      if (url === "/api/v1/oauth/token") return { body: { access_token: "access", expires_in: 3600 } };
      return problem(401, "invalid_token");
    }, halves);
    expect(await caught(latchkey.me())).toMatchObject({ code: "invalid_token" });
    expect(exchanges(asked)).toHaveLength(2);
    expect(asked).toHaveLength(4);
  });

  it("tell what OAuth answers where they are wrong, to everybody who waited, and may be tried again", async () => {
    let wrong = true;
    const { latchkey, asked } = await client(({ url }) => {
      if (url !== "/api/v1/oauth/token") return { body: { id: "x" } };
      if (!wrong) return { body: { access_token: "access", expires_in: 3600 } };
      return { status: 401, body: { error: "invalid_client", error_description: "The client is not known." } };
    }, halves);
    const errors = await Promise.all([caught(latchkey.me()), caught(latchkey.tokens.list())]);
    for (const error of errors) expect(error).toMatchObject({ code: "invalid_client", status: 401 });
    expect(exchanges(asked)).toHaveLength(1);
    wrong = false;
    expect(await latchkey.me()).toEqual({ id: "x" });
  });

  it("lets a caller go who gives up, and goes on for the others", async () => {
    const gone = new AbortController();
    const { latchkey } = await client(({ url }) => {
      if (url !== "/api/v1/oauth/token") return { body: { id: "x" } };
      gone.abort(new Error("enough"));
      return { body: { access_token: "access", expires_in: 3600 } };
    }, halves);
    const [left, stayed] = await Promise.allSettled([latchkey.me({ signal: gone.signal }), latchkey.me()]);
    expect([left.status, stayed.status]).toEqual(["rejected", "fulfilled"]);
  });
});

describe("a person's login", () => {
  const kept: LatchkeySession = {
    accessToken: "access-0",
    accessTokenExpiresAt: "2026-11-22T09:00:00.000Z",
    refreshToken: "refresh-0",
  };
  const server = (refusesRefresh = false) => {
    let made = 0;
    return ({ url }: Asked): Said => {
      if (url === "/api/v1/auth/refresh" && refusesRefresh) return problem(401, "invalid_token");
      if (!url.startsWith("/api/v1/auth/")) return { body: { id: "x" } };
      made++;
      return {
        body: {
          access_token: `access-${made}`,
          expires_in: 3600,
          refresh_token: `refresh-${made}`,
          refresh_expires_in: 86_400,
        },
      };
    };
  };

  it("uses a session that was kept until shortly before its end, then renews it once and has it kept", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T08:00:00Z") });
    const sessions: LatchkeySession[] = [];
    const onSession = (session: LatchkeySession) => void sessions.push(session);
    const { latchkey, asked } = await client(server(), { session: kept, onSession });
    await latchkey.me();
    expect(asked.map(({ url, headers }) => [url, headers.authorization])).toEqual([["/api/v1/me", "Bearer access-0"]]);
    vi.setSystemTime(new Date("2026-11-22T08:59:30Z"));
    await Promise.all([latchkey.me(), latchkey.me(), latchkey.me()]);
    const renewals = asked.filter(({ url }) => url === "/api/v1/auth/refresh");
    expect(renewals.map(({ body }) => JSON.parse(body))).toEqual([{ refresh_token: "refresh-0" }]);
    const renewed = {
      accessToken: "access-1",
      accessTokenExpiresAt: "2026-11-22T09:59:30.000Z",
      refreshToken: "refresh-1",
      refreshTokenExpiresAt: "2026-11-23T08:59:30.000Z",
    };
    expect(sessions).toEqual([renewed]);
    expect(latchkey.session).toEqual(renewed);
  });

  it("never sends a refresh token twice, even where no answer came: a second use ends the login", async () => {
    const { latchkey, asked } = await client(() => "hangUp", { session: kept });
    expect(await caught(latchkey.me())).toBeInstanceOf(LatchkeyUnreachable);
    expect(asked.map(({ url }) => url)).toEqual(["/api/v1/auth/refresh"]);
  });

  it("signs in with the password where there is one and the session is over", async () => {
    const person = { email: "a@acme.example", password: "p", organization: "acme", session: kept };
    const { latchkey, asked } = await client(server(true), person);
    await latchkey.me();
    expect(asked.map(({ url }) => url)).toEqual(["/api/v1/auth/refresh", "/api/v1/auth/login", "/api/v1/me"]);
    const { session: _, ...login } = person;
    expect(JSON.parse(asked[1]?.body ?? "")).toEqual(login);
  });

  it("ends by its access token, or by a refresh token without one beside it, and is not begun anew for that", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T08:00:00Z") });
    const ended = ({ headers }: Asked): Said =>
      headers.authorization ? problem(401, "invalid_token") : { body: { id: "x" } };
    const { latchkey, asked } = await client(ended, { email: "a@acme.example", password: "p", session: kept });
    expect(await caught(latchkey.auth.logout())).toMatchObject({ code: "invalid_token" });
    await latchkey.auth.logout({ refresh_token: "refresh-0" });
    expect(asked.map(({ url, headers, body }) => [url, headers.authorization, JSON.parse(body)])).toEqual([
      ["/api/v1/auth/logout", "Bearer access-0", {}],
      ["/api/v1/auth/logout", undefined, { refresh_token: "refresh-0" }],
    ]);
  });
});

describe("a problem", () => {
  it("has its code, fields, request and wait", async () => {
    const { latchkey } = await client(() => ({
      status: 422,
      headers: { "x-request-id": "req-9" },
      body: {
        type: "https://tokens.example.com/docs/problems/invalid_input",
        title: "Some of the input is missing or wrong.",
        code: "invalid_input",
        request_id: "req-9",
        errors: [
          { field: "name", detail: "Enter a name." },
          { field: "name", detail: "And a second thing." },
          { field: "expires_at", detail: "Choose a moment in the future." },
        ],
      },
    }));
    const error = (await caught(latchkey.tokens.create({ name: "" }))) as LatchkeyProblem;
    expect(error).toBeInstanceOf(LatchkeyError);
    expect(error.is("invalid_input")).toBe(true);
    expect(error.fields).toEqual({ name: "Enter a name.", expires_at: "Choose a moment in the future." });
    expect(error.message).toBe(
      "invalid_input: Some of the input is missing or wrong. name: Enter a name. name: And a second thing. expires_at: Choose a moment in the future. (422, request req-9)",
    );
    expect(error.type).toBe("https://tokens.example.com/docs/problems/invalid_input");
  });

  it.each([
    [
      "The token may not do this.",
      "This needs the permission members:read.",
      "The token may not do this. This needs the permission members:read.",
    ],
    [
      "You already have an active token with this name.",
      "You already have an active API key with this name.",
      "You already have an active API key with this name.",
    ],
    ["Too many calls.", undefined, "Too many calls."],
  ])("says %j and %j once each, and the same in other words only once", async (title, detail, sentence) => {
    const { latchkey } = await client(() => ({ status: 400, body: { code: "no", title, detail } }));
    expect(await caught(latchkey.me())).toMatchObject({ sentence });
  });

  it("is one too where something else than the API answers", async () => {
    const { latchkey } = await client(() => ({
      status: 500,
      body: "<h1>Oops</h1>",
      headers: { "content-type": "text/html" },
    }));
    expect(await caught(latchkey.me())).toMatchObject({ code: "unexpected_answer", status: 500, requestId: null });
    const page = await client(() => ({ body: "<h1>Welcome</h1>", headers: { "content-type": "text/html" } }));
    expect(await caught(page.latchkey.me())).toMatchObject({ message: expect.stringContaining("is not JSON") });
  });

  it("follows no redirect, so that a credential goes nowhere else", async () => {
    const elsewhere = await answeringServer(() => ({ body: { id: "x" } }));
    const { latchkey } = await client(() => ({ status: 307, headers: { location: `${elsewhere.url}/api/v1/me` } }));
    expect(await caught(latchkey.me())).toMatchObject({ message: expect.stringContaining("redirect") });
    expect(elsewhere.asked).toHaveLength(0);
  });

  it("is thrown at once where a credential is named that is not there, and not where none is", () => {
    const baseUrl = "https://tokens.example.com";
    const missing = [
      { token: undefined },
      { clientId: undefined, clientSecret: undefined },
      { clientSecret: undefined },
      { email: undefined, password: undefined },
      { session: undefined },
    ];
    for (const credential of missing) expect(() => new Latchkey({ baseUrl, ...credential })).toThrow(LatchkeyError);
    expect(() => new Latchkey({ baseUrl, token: undefined })).toThrow("is its variable set?");
    expect(() => new Latchkey({ baseUrl })).not.toThrow();
    expect(() => new Latchkey({ baseUrl, token: "lk_pat_x", session: undefined })).not.toThrow();
  });

  it("takes for an id only what is one, and sends nothing else", async () => {
    const { latchkey, asked } = await client(() => ({ body: {} }));
    for (const id of ["self", "", "..", "a/rotate", "a?b"])
      expect(() => latchkey.tokens.delete(id)).toThrow("This is not an id.");
    expect(asked).toHaveLength(0);
  });
});

describe("a secret", () => {
  const prints = (value: unknown) =>
    [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value) ?? "", String(value)].join("\n");

  it("is in no print of the client, whoever calls with it", async () => {
    const session = { accessToken: SECRET, accessTokenExpiresAt: "2099-01-01T00:00:00Z", refreshToken: SECRET };
    for (const who of [
      { token: SECRET },
      { clientId: "c", clientSecret: SECRET },
      { email: "a@acme.example", password: SECRET },
      { session },
    ]) {
      const { latchkey } = await client(() => ({ body: {} }), who);
      await latchkey.me().catch(() => undefined);
      expect(prints(latchkey)).not.toContain(SECRET);
      expect(prints(latchkey.tokens)).not.toContain(SECRET);
      expect(prints({ latchkey })).not.toContain(SECRET);
    }
  });

  it("is in no error: not of the network, of time, of an answer, nor of the credential itself", async () => {
    const said: Said[] = [
      "hangUp",
      "silent",
      problem(401, "invalid_token"),
      { status: 500, body: SECRET },
      { body: SECRET },
    ];
    for (const one of said) {
      const { latchkey } = await client(() => one, { token: SECRET, retries: 0, timeout: 50 });
      const error = (await caught(latchkey.me())) as Error;
      expect(error).toBeInstanceOf(LatchkeyError);
      expect(`${prints(error)}${error.stack}`).not.toContain(SECRET);
    }
    const gone = new Latchkey({ baseUrl: "http://127.0.0.1:1", token: SECRET, retries: 0 });
    const error = await caught(gone.me());
    expect(error).toMatchObject({ reason: "network", message: expect.stringMatching(/ECONNREFUSED|away/) });
    expect(prints(error)).not.toContain(SECRET);
    for (const options of [{ token: `${SECRET}\n` }, { clientSecret: SECRET }, { password: SECRET }]) {
      const make = () => new Latchkey({ baseUrl: "http://127.0.0.1:1", ...options });
      expect(make).toThrow(LatchkeyError);
      expect(make).not.toThrow(SECRET);
    }
    const inAddress = () => new Latchkey({ baseUrl: `https://a:${SECRET}@tokens.example.com` });
    expect(inAddress).toThrow("origin alone");
    expect(inAddress).not.toThrow(SECRET);
  });
});
