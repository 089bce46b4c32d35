import { describe, expect, it } from "vitest";
import { ListedOrigins } from "@/lib/organizations/listed-origins";
import { callRoute, exchange, serveApi } from "@/test/api";
import { makeWorld, type World } from "@/test/world";
import * as nothing from "../[[...path]]/route";
import * as me from "./me/route";
import * as tokens from "./tokens/route";

const ORIGIN = "https://app.example";
const FROM = { origin: ORIGIN };
const ASKS = { ...FROM, "access-control-request-method": "POST", "access-control-request-headers": "authorization" };

async function scene() {
  const { db, sql } = await serveApi();
  const lists = async (world: World, origins: string[]) =>
    sql`update organizations set allowed_origins = ${origins} where id = ${world.organizationId}`;
  const [world, other] = [await makeWorld(db), await makeWorld(db)];
  await lists(world, [ORIGIN]);
  const token = await world.addToken(world.admin);
  const foreign = await other.addToken(other.admin);
  return { db, sql, world, other, token, foreign, lists };
}

/** Every header of CORS in an answer. */
const said = ({ headers }: { headers: Headers }) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));

const READABLE = {
  "access-control-allow-origin": ORIGIN,
  "access-control-expose-headers": expect.stringContaining("Latchkey-Token-Expires"),
};

describe("a browser's question before a request", () => {
  it("is answered for an origin that an organization lists, with methods, headers and how long it holds", async () => {
    await scene();
    const answer = await callRoute(tokens.OPTIONS, { method: "OPTIONS", headers: ASKS });
    expect(answer.status).toBe(204);
    expect(said(answer)).toEqual({
      ...READABLE,
      "access-control-allow-methods": "GET, POST, HEAD",
      "access-control-allow-headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-Id",
      "access-control-max-age": "600",
    });
    expect(answer.headers.get("vary")).toBe("Origin");
    expect(answer.headers.get("allow")).toBe("GET, POST, HEAD, OPTIONS");
  });

  it("is answered for no other origin, however like a listed one it looks", async () => {
    await scene();
    for (const origin of [
      "https://evil.example",
      "http://app.example",
      "https://app.example:444",
      "https://app.example.evil.example",
      "https://sub.app.example",
      "https://APP.example",
      "https://app.example/",
      "null",
      "*",
      "",
    ]) {
      const answer = await callRoute(tokens.OPTIONS, { method: "OPTIONS", headers: { ...ASKS, origin } });
      expect([origin, answer.status, said(answer)]).toEqual([origin, 204, {}]);
      expect(answer.headers.get("vary")).toBe("Origin");
    }
  });
});

describe("an answer to a script of another site", () => {
  it("is readable where the caller's own organization lists the origin, problems too, and never takes cookies", async () => {
    const { token } = await scene();
    const answers = [
      await callRoute(me.GET, { token: token.secret, headers: FROM }),
      await callRoute(me.GET, { token: token.secret, headers: FROM, path: "/api/v1/me?odd=1" }),
      await callRoute(tokens.POST, { method: "POST", token: token.secret, headers: FROM, body: {} }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 403]);
    for (const answer of answers) {
      expect(said(answer)).toEqual(READABLE);
      expect(answer.headers.get("vary")).toBe("Origin");
    }
  });

  it("is not readable where another organization lists it and the caller's does not", async () => {
    const { foreign } = await scene();
    for (const path of ["/api/v1/me", "/api/v1/me?odd=1"]) {
      expect(said(await callRoute(me.GET, { token: foreign.secret, headers: FROM, path }))).toEqual({});
    }
  });

  it("goes by the client's organization where a client exchanges its credentials", async () => {
    const { world, other } = await scene();
    const [own, foreign] = [
      await world.addToken(world.admin, { kind: "cls" }),
      await other.addToken(other.admin, { kind: "cls" }),
    ];
    const allowed = await exchange(own, FROM);
    expect([allowed.status, said(allowed)]).toEqual([200, READABLE]);
    const kept = await exchange(foreign, FROM);
    expect([kept.status, said(kept)]).toEqual([200, {}]);
    expect(said(await callRoute(me.GET, { token: allowed.token, headers: FROM }))).toEqual(READABLE);
    expect(said(await callRoute(me.GET, { token: kept.token, headers: FROM }))).toEqual({});
  });

  it("is readable where nobody's caller is known, so that a script learns that it has no valid token", async () => {
    await scene();
    const answers = [
      await callRoute(me.GET, { headers: FROM }),
      await callRoute(me.GET, { token: "lk_pat_nonsense", headers: FROM }),
      await callRoute(nothing.GET, { headers: FROM }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 404]);
    for (const answer of answers) expect(said(answer)).toEqual(READABLE);
  });

  it("says nothing of it to requests without an origin, and to origins that nobody lists", async () => {
    const { token } = await scene();
    for (const headers of [{}, { origin: "https://evil.example" }, { origin: "null" }] as Record<string, string>[]) {
      expect(said(await callRoute(me.GET, { token: token.secret, headers }))).toEqual({});
      expect(said(await callRoute(me.GET, { headers }))).toEqual({});
    }
  });
});

describe("the lists in memory", () => {
  it("are read again after two seconds, once for all who ask, however many origins they name", async () => {
    let now = 0;
    let read = 0;
    let rows = [{ id: "a", origins: [ORIGIN] }];
    const lists = new ListedOrigins(
      async () => {
        read++;
        return rows;
      },
      () => now,
    );
    const floods = Array.from({ length: 500 }, (_, index) => lists.by(`https://${index}.example`));
    expect([...(await lists.by(ORIGIN))]).toEqual(["a"]);
    for (const flood of floods) expect((await flood).size).toBe(0);
    expect(read).toBe(1);
    rows = [{ id: "b", origins: [ORIGIN] }];
    now = 1999;
    expect([...(await lists.by(ORIGIN))]).toEqual(["a"]);
    now = 2000;
    expect([...(await lists.by(ORIGIN))]).toEqual(["b"]);
    expect(read).toBe(2);
  });

  it("stand in for a minute while they cannot be read, and then allow nobody", async () => {
    let now = 0;
    let away = false;
    let asked = 0;
    const lists = new ListedOrigins(
      async () => {
        asked++;
        if (away) throw new Error("away");
        return [{ id: "a", origins: [ORIGIN] }];
      },
      () => now,
    );
    await lists.by(ORIGIN);
    away = true;
    now = 30_000;
    expect((await lists.by(ORIGIN)).size).toBe(1);
    now = 30_900;
    expect((await lists.by(ORIGIN)).size).toBe(1);
    expect(asked).toBe(2);
    now = 61_001;
    expect((await lists.by(ORIGIN)).size).toBe(0);
    away = false;
    now = 63_000;
    expect((await lists.by(ORIGIN)).size).toBe(1);
  });
});
