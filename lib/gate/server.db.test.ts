import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { serveGate } from "@/test/gate";

describe("the gate's other addresses", () => {
  it("say that it lives, and that it can serve and hears what is revoked", async () => {
    const { ask, instance } = await serveGate();
    const healthy = await ask("/healthz");
    expect([healthy.status, healthy.text, healthy.headers["cache-control"]]).toEqual([
      200,
      '{"status":"ok"}',
      "no-store",
    ]);
    const ready = await ask("/readyz");
    expect([ready.status, ready.text]).toEqual([200, '{"status":"ready","feed":"heard"}']);
    await instance.feed.close();
    expect((await ask("/readyz")).text).toBe('{"status":"ready","feed":"lost"}');
    expect(await ask("/readyz", { method: "HEAD" })).toMatchObject({ status: 200, text: "" });
  });

  it("say that it cannot serve where its database is not migrated, or away", async () => {
    const { ask, sql } = await serveGate();
    await sql`delete from drizzle.__drizzle_migrations`;
    const answer = await ask("/readyz");
    expect([answer.status, JSON.parse(answer.text).code, answer.headers["retry-after"]]).toEqual([
      503,
      "unavailable",
      "2",
    ]);
    await sql.end();
    expect((await ask("/readyz")).status).toBe(503);
    expect((await ask("/healthz")).status).toBe(200);
  });

  it.each(["/", "/verify/", "/Verify", "/verifyx", "//verify", "/introspect/x", "/api/v1/me", "/%76erify"])(
    "are none but those: %s",
    async (path) => {
      const { ask, world } = await serveGate();
      const { secret } = await world.addToken(world.admin);
      const answer = await ask(path, { token: secret });
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([404, "not_found"]);
    },
  );

  it("say which methods they have", async () => {
    const { ask } = await serveGate();
    for (const [path, method, allow] of [
      ["/introspect", "GET", "POST"],
      ["/healthz", "POST", "GET, HEAD"],
      ["/readyz", "DELETE", "GET, HEAD"],
    ] as const) {
      const { status, headers } = await ask(path, { method });
      expect([status, headers.allow]).toEqual([405, allow]);
    }
  });
});

describe("requests that are not as they should be", () => {
  it("are answered and survived: bytes that are no request, a body of two lengths, headers without end", async () => {
    const { ask, say, world } = await serveGate();
    const { secret } = await world.addToken(world.user);
    for (const [text, status] of [
      ["\u0000\u0001\r\n\r\n", 400],
      ["GET /verify HTTP/3.7\r\n\r\n", 400],
      ["GET /verify HTTP/1.1\r\nHost: gate\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400],
      ["GET /verify HTTP/1.1\r\nHost: gate\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
      ["GET /verify HTTP/1.1\r\nHost: gate\r\nX-A: a\rb\r\n\r\n", 400],
      ["GET /verify HTTP/1.1\r\nHost : gate\r\n\r\n", 400],
      [`GET /verify HTTP/1.1\r\nHost: gate\r\nX-Long: ${"x".repeat(70_000)}\r\n\r\n`, 431],
      [`GET /verify?permission=${"a".repeat(70_000)} HTTP/1.1\r\nHost: gate\r\n\r\n`, 431],
    ] as const) {
      expect(await say(text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    }
    await say("CONNECT api.example:443 HTTP/1.1\r\nHost: gate\r\n\r\n");
    expect((await ask("/verify", { token: secret })).status).toBe(200);
  });

  it("are cut off where they do not arrive", async () => {
    const { say } = await serveGate({ arriveWithin: 40 });
    expect(await say("GET /verify HTTP/1.1\r\nHost: gate\r\nX-Slow: ")).toMatch(/^HTTP\/1\.1 408 /);
    expect(await say("")).toMatch(/^HTTP\/1\.1 408 /);
  });

  it("hide no second credential behind 3,000 headers", async () => {
    const { say, world } = await serveGate();
    const { secret } = await world.addToken(world.user);
    const credential = `Authorization: Bearer ${secret}\r\n`;
    const text = (last: string) =>
      `GET /verify HTTP/1.1\r\nHost: gate\r\nConnection: close\r\n${credential}${"X-A: b\r\n".repeat(3000)}${last}\r\n`;
    expect(await say(text(""))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await say(text("Authorization: Bearer x\r\n"))).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe("requests on one connection", () => {
  it("are answered each with its own identity, in their order, however they are mixed", async () => {
    const { say, world } = await serveGate();
    const bearers = [world.admin, world.user, world.viewer];
    const tokens = await Promise.all(bearers.map((bearer) => world.addToken(bearer)));
    const asked = Array.from({ length: 60 }, (_, n) => tokens[n % 3]!);
    const text = asked
      .map(({ secret }, n) => {
        const last = n === asked.length - 1 ? "Connection: close\r\n" : "";
        const credential = n % 7 === 0 ? "" : `Authorization: Bearer ${secret}\r\n`;
        return `GET /verify?permission=tokens:manage HTTP/1.1\r\nHost: gate\r\n${credential}${last}\r\n`;
      })
      .join("");
    const answers = (await say(text)).split(/(?=HTTP\/1\.1 )/);
    expect(
      answers.map((answer) => `${answer.slice(9, 12)} ${/X-Latchkey-Token: (\w+)/.exec(answer)?.[1] ?? ""}`),
    ).toEqual(asked.map(({ id }, n) => (n % 7 === 0 ? "401 " : n % 3 === 2 ? "403 " : `200 ${id}`)));
  });

  it("are no more than one where a body is announced: what follows may be anybody's", async () => {
    const { say, world } = await serveGate();
    const [one, other] = [await world.addToken(world.admin), await world.addToken(world.user)];
    const line = (secret: string, more = "") =>
      `GET /verify HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer ${secret}\r\n${more}\r\n`;
    for (const body of [
      "Content-Length: 1000\r\n",
      "Transfer-Encoding: chunked\r\n",
      "Content-Length: 7\r\nExpect: 100-continue\r\n",
    ]) {
      const heard = await say(line(one.secret, body) + line(other.secret));
      expect([...heard.matchAll(/X-Latchkey-Token: (\w+)/g)].map(([, id]) => id)).toEqual([one.id]);
      expect(heard).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\nConnection: close\r\n/);
    }
  });

  it("wait for each other where the first has to be looked up", async () => {
    const { say, world, instance } = await serveGate();
    const [cold, warm] = [await world.addToken(world.admin), await world.addToken(world.user)];
    await instance.check(warm.secret);
    const release = instance.hold();
    const line = (secret: string, last = "") =>
      `GET /verify HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer ${secret}\r\n${last}\r\n`;
    const heard = say(line(cold.secret) + line(warm.secret, "Connection: close\r\n"));
    while (instance.lookups.held === 0) await new Promise(setImmediate);
    release();
    expect([...(await heard).matchAll(/X-Latchkey-Token: (\w+)/g)].map(([, id]) => id)).toEqual([cold.id, warm.id]);
  });

  it("may vanish before their answer, and nothing comes of it", async () => {
    const { ask, world, instance, gate } = await serveGate();
    const { secret } = await world.addToken(world.admin);
    const release = instance.hold();
    const socket = connect(Number(new URL(gate.url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(`GET /verify HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer ${secret}\r\n\r\n`);
    while (instance.lookups.held === 0) await new Promise(setImmediate);
    socket.resetAndDestroy();
    await new Promise(setImmediate);
    release();
    expect((await ask("/verify", { token: secret })).status).toBe(200);
  });
});
