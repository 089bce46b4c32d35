import { describe, expect, it } from "vitest";
import { BUILT_IN_ROLES, type BuiltInRole } from "@/lib/access/permission";
import type { RouteMethod } from "@/lib/auth/answer-request";
import type { OpenRoute } from "@/lib/auth/open-route";
import type { TokenRoute } from "@/lib/auth/with-token";
import { ENDPOINTS } from "@/lib/http/api-reference";
import { PROBLEMS } from "@/lib/http/problem";
import { deleteToken } from "@/lib/tokens/delete-token";
import { rotateOwnToken, rotateToken } from "@/lib/tokens/rotate-token";
import { type ApiCall, callRoute, serveApi } from "@/test/api";
import { sourceFiles } from "@/test/source-files";
import { actingToken, contextOf, makeWorld, type World } from "@/test/world";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

interface Served {
  /** As the reference writes it. */
  path: string;
  method: (typeof METHODS)[number];
  route: TokenRoute | OpenRoute;
  /** Next's `dynamic` of the file. */
  dynamic: unknown;
}

/** Every method of every route file of the product, but for next-auth's own. */
async function servedRoutes(): Promise<Served[]> {
  const files = sourceFiles(["app"]).filter(
    ({ path }) => path.endsWith("/route.ts") && !path.startsWith("app/api/auth/"),
  );
  const served = await Promise.all(
    files.map(async ({ path }) => {
      const module = (await import(/* @vite-ignore */ `@/${path}`)) as Record<string, TokenRoute | OpenRoute> & {
        dynamic?: unknown;
      };
      const address = path.replace(/^app|\/route\.ts$/g, "").replace(/\[(\w+)\]/g, "{$1}");
      return METHODS.flatMap((method) => {
        const route = module[method];
        return route ? [{ path: address, method, route, dynamic: module.dynamic }] : [];
      });
    }),
  );
  return served.flat();
}

const routes = await servedRoutes();
const guarded = routes.filter((one): one is Served & { route: TokenRoute } => one.route.kind === "token");
const name = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

/** What the reference says of a route by who may call it. */
const CREDENTIALS: Record<string, string> = { token: "token", client: "client", open: "none" };

/** A body that the route takes, where it takes one. */
const bodyFor = ({ method, path }: { method: string; path: string }) => {
  if (method !== "POST" && method !== "PATCH") return undefined;
  // As they are.
  if (path.includes("/members/")) return { status: "active" };
  if (path.endsWith("/rotate")) return { overlap_days: 2 };
  if (path.endsWith("/extend")) return { expires_at: new Date(Date.now() + 2 * 86_400_000).toISOString() };
  return { name: "Renamed" };
};

/** What the address of a route names. */
const paramsOf = ({ path }: { path: string }, ids: { member: string; token: string; group: string }) => {
  const [, noun = ""] = /^\/api\/v1\/(\w+)s\/\{id\}/.exec(path) ?? [];
  return { id: ids[noun as keyof typeof ids] ?? "" };
};

/** What the rules of tokens refuse to one that the route itself lets in. */
const REFUSED: Record<string, [number, string]> = {
  "POST /api/v1/tokens": [403, "token_cannot_mint"],
  "POST /api/v1/tokens/{id}/extend": [403, "extension_not_yours"],
  "DELETE /api/v1/tokens/{id}/rotation": [409, "no_rotation"],
  "DELETE /api/v1/tokens/self/rotation": [409, "no_rotation"],
};

const call = ({ route, method, path }: Served, wish: ApiCall) =>
  callRoute(route as RouteMethod, {
    method,
    path: path.replace(/\{.*/, "x"),
    body: bodyFor({ method, path }),
    ...wish,
  });

describe("every route", () => {
  it("is made by withToken, withClient, openRoute or otherMethods, for each method", () => {
    const kinds = new Set(routes.map(({ route }) => route.kind));
    expect(kinds).toEqual(new Set(["token", "client", "open", "other"]));
    for (const path of new Set(routes.map((one) => one.path))) {
      const methods = routes.filter((one) => one.path === path).map(({ method }) => method);
      // Next answers HEAD itself where there is GET.
      const missing = METHODS.filter(
        (method) => !methods.includes(method) && !(method === "HEAD" && methods.includes("GET")),
      );
      expect([path, missing]).toEqual([path, []]);
    }
  });

  it("is made anew for each request and says so, so that Next need not watch what it reads", () => {
    expect(routes.filter(({ dynamic }) => dynamic !== "force-dynamic").map(name)).toEqual([]);
  });

  it("stands in the reference with its permission, and nothing else does", () => {
    // Where a login shows itself, its route is open: the credential may stand in the body.
    const door = (credential: string) => (credential === "login" ? "none" : credential);
    const told = ENDPOINTS.map((one) => `${name(one)} ${door(one.credential)} ${one.permission}`);
    const answering = routes
      .filter(({ route, path }) => route.kind !== "other" && !path.includes("[[..."))
      .map(
        (one) =>
          `${name(one)} ${CREDENTIALS[one.route.kind]} ${one.route.kind === "token" ? one.route.permission : null}`,
      );
    expect(told.sort()).toEqual(answering.sort());
  });

  it("tells with 405 and with OPTIONS the methods that it has", async () => {
    for (const one of routes.filter(({ route }) => route.kind === "other")) {
      const has = routes
        .filter(({ path, route }) => path === one.path && route.kind !== "other")
        .flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
      const answer = await call(one, {});
      expect([name(one), answer.status]).toEqual([name(one), one.method === "OPTIONS" ? 204 : 405]);
      expect(answer.headers.get("allow")?.split(", ").sort()).toEqual([...has, "OPTIONS"].sort());
    }
  });
});

describe("every guarded route", () => {
  it("answers 401 without a token, bare, and 401 to one that is not valid, with the reason", async () => {
    await serveApi();
    for (const one of guarded) {
      const bare = await call(one, {});
      expect([name(one), bare.status, bare.headers.get("www-authenticate")]).toEqual([
        name(one),
        401,
        'Bearer realm="latchkey"',
      ]);
      const wrong = await call(one, { token: "lk_pat_nonsense" });
      expect([name(one), wrong.status, wrong.json.code]).toEqual([name(one), 401, "invalid_token"]);
    }
  });

  it.each(Object.keys(BUILT_IN_ROLES) as BuiltInRole[])(
    "lets a token of the role %s do what that role may and no more",
    async (role) => {
      const { db } = await serveApi();
      const world = await makeWorld(db);
      const group = await world.addGroup("Platform", []);
      const issuer = { administrator: world.admin, engineer: world.engineer, user: world.user, viewer: world.viewer }[
        role
      ];
      for (const one of guarded) {
        // A token of its own for each call: one of them ends it.
        const token = await world.addToken(issuer);
        const target = await world.addToken(issuer);
        const params = paramsOf(one, { member: issuer.memberId, token: target.id, group });
        const answer = await call(one, { token: token.secret, params });
        const { permission } = one.route;
        const may = permission === "any" || issuer.permissions.has(permission);
        if (!may) {
          expect([name(one), answer.status, answer.json.code]).toEqual([name(one), 403, "insufficient_scope"]);
          expect(answer.json.detail).toContain(permission);
          expect(answer.headers.get("www-authenticate")).toContain(`scope="${permission}"`);
        } else if (name(one) in REFUSED) {
          expect([answer.status, answer.json.code]).toEqual(REFUSED[name(one)]);
        } else {
          expect([name(one), answer.status]).toEqual([name(one), 200]);
        }
      }
    },
  );

  it("lets a secret that was replaced read until its end and end its token, and change nothing", async () => {
    const { db, sql } = await serveApi();
    const world = await makeWorld(db, { policy: { tokensMayMint: true } });
    const group = await world.addGroup("Platform", []);
    const target = await world.addToken(world.admin, { expiresAt: new Date(Date.now() + 3_600_000) });
    const before = await sql`select * from api_tokens where id = ${target.id}`;
    for (const one of guarded) {
      const token = await world.addToken(world.admin);
      const made = await rotateToken(world.admin, { id: token.id, overlap_days: 1 }, contextOf(db));
      if (!made.ok) throw new Error(made.refusal.code);
      const me = routes.find((served) => name(served) === "GET /api/v1/me") as Served;
      expect((await call(me, { token: made.value.secret.reveal() })).status).toBe(200);
      const own = await sql`select * from api_tokens where id = ${token.id}`;
      const params = paramsOf(one, { member: world.admin.memberId, token: target.id, group });
      const answer = await call(one, { token: token.secret, params });
      const may = one.method === "GET" || name(one) === "DELETE /api/v1/tokens/self";
      expect([name(one), answer.status, answer.json.code]).toEqual([
        name(one),
        ...(may ? [200, undefined] : [409, "secret_superseded"]),
      ]);
      if (!may) expect(await sql`select * from api_tokens where id = ${token.id}`).toEqual(own);
    }
    expect(await sql`select * from api_tokens where id = ${target.id}`).toEqual(before);
  });

  it("tells a limited token what is left, whatever it answers", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db, { policy: { callsPerToken: 100, callsPerOrganization: 1000 } });
    const group = await world.addGroup("Platform", []);
    for (const one of guarded) {
      const token = await world.addToken(world.admin);
      const target = await world.addToken(world.admin);
      const params = paramsOf(one, { member: world.viewer.memberId, token: target.id, group });
      // What it answers with last may end the token.
      for (const path of [`${one.path}?colour=red`, one.path]) {
        const { headers } = await call(one, { token: token.secret, params, path });
        expect([name(one), headers.get("ratelimit-policy")]).toEqual([
          name(one),
          `"token";q=100;w=60, "organization";q=1000;w=60`,
        ]);
        expect(headers.get("ratelimit")).toMatch(/^"token";r=\d+;t=\d+, "organization";r=\d+;t=\d+$/);
      }
    }
  });

  it("takes the parameters of its reference and refuses others, and then changes nothing", async () => {
    const { db, sql } = await serveApi();
    const world = await makeWorld(db, { policy: { tokensMayMint: true } });
    const group = await world.addGroup("Platform", []);
    const token = await world.addToken(world.admin, { name: "Caller" });
    const target = await world.addToken(world.admin, { name: "Target" });
    for (const one of guarded) {
      const params = paramsOf(one, { member: world.admin.memberId, token: target.id, group });
      const path = `${one.path.replace("{id}", params.id)}?colour=red`;
      const answer = await call(one, { token: token.secret, params, path });
      expect([name(one), answer.status, answer.json.errors]).toEqual([
        name(one),
        422,
        [{ field: "colour", detail: "There is no such parameter." }],
      ]);
      const told = ENDPOINTS.find((endpoint) => name(endpoint) === name(one));
      for (const parameter of Object.keys(told?.query?.shape ?? {})) {
        const asked = await call(one, { token: token.secret, params, path: `${one.path}?${parameter}=` });
        expect(asked.text).not.toContain("no such parameter");
      }
    }
    expect(await sql`select name, state from api_tokens order by name`).toEqual([
      { name: "Caller", state: "active" },
      { name: "Target", state: "active" },
    ]);
  });

  it("finds nothing of another organization, and leaves it as it was", async () => {
    const { db } = await serveApi();
    const world = await makeWorld(db);
    const other = await makeWorld(db);
    const group = await other.addGroup("Foreign", []);
    const foreign = await other.addToken(other.admin, { name: "Foreign" });
    for (const one of guarded.filter(({ path }) => path.includes("{id}"))) {
      const token = await world.addToken(world.admin);
      const params = paramsOf(one, { member: other.admin.memberId, token: foreign.id, group });
      const answer = await call(one, { token: token.secret, params });
      expect([name(one), answer.status, answer.json.code]).toEqual([name(one), 404, "not_found"]);
    }
    const theirs = await other.addToken(other.admin);
    const tokens = routes.find((one) => name(one) === "GET /api/v1/tokens");
    const listed = await call(tokens as Served, { token: theirs.secret });
    expect(listed.json.data.find(({ id }: { id: string }) => id === foreign.id)).toMatchObject({
      name: "Foreign",
      status: "active",
    });
  });

  it("lists nothing of another organization", async () => {
    const { db } = await serveApi();
    const worlds: World[] = [await makeWorld(db), await makeWorld(db)];
    const [mine, theirs] = worlds as [World, World];
    const token = await mine.addToken(mine.admin);
    const foreign = await theirs.addToken(theirs.admin);
    for (const one of guarded.filter(({ method, path }) => method === "GET" && !path.includes("{"))) {
      const answer = await call(one, { token: token.secret });
      expect(answer.status).toBe(200);
      for (const id of [theirs.organizationId, theirs.admin.memberId, theirs.roleIds.user, foreign.id]) {
        expect(answer.text).not.toContain(id);
      }
    }
  });
});

describe("the reference", () => {
  it("names codes that exist, and a word for each field that is really there", () => {
    for (const endpoint of ENDPOINTS) {
      expect(ENDPOINTS.filter(({ operationId }) => operationId === endpoint.operationId)).toHaveLength(1);
      for (const code of endpoint.problems ?? []) expect(PROBLEMS).toHaveProperty(code);
      const fields = Object.keys((endpoint.query ?? endpoint.body)?.shape ?? {}).sort();
      expect([name(endpoint), Object.keys(endpoint.notes ?? {}).sort()]).toEqual([name(endpoint), fields]);
      if (endpoint.body) expect(endpoint.body.safeParse(endpoint.bodyExample).success).toBe(true);
    }
  });

  it("describes each answer as it really is, and every field of it", async () => {
    const { db, sql } = await serveApi();
    const world = await makeWorld(db, { policy: { tokensMayMint: true } });
    const group = await world.addGroup("Platform", [world.admin], [world.admin]);
    await sql`insert into instances (id, host, position) values (gen_random_uuid(), 'console-1', 0)`;
    for (const endpoint of ENDPOINTS) {
      if (endpoint.permission === null) continue;
      const one = routes.find((served) => name(served) === name(endpoint)) as Served;
      const token = await world.addToken(world.admin);
      const target = await world.addToken(world.admin, { expiresAt: new Date(Date.now() + 3_600_000) });
      if (endpoint.path.endsWith("/self/rotation")) {
        await rotateOwnToken(await actingToken(db, world.admin, token), { overlap_days: 1 }, contextOf(db));
      } else if (endpoint.path.endsWith("/rotation")) {
        await rotateToken(world.admin, { id: target.id, overlap_days: 1 }, contextOf(db));
      }
      // A receipt is of a deletion.
      if (endpoint.path.endsWith("/receipt")) await deleteToken(world.admin, { id: target.id }, contextOf(db));
      const params = paramsOf(endpoint, { member: world.admin.memberId, token: target.id, group });
      const body =
        name(endpoint) === "POST /api/v1/tokens" ? { name: "New", role_id: world.roleIds.viewer } : bodyFor(endpoint);
      const answer = await call(one, { token: token.secret, params, body });
      expect([name(endpoint), answer.status]).toEqual([name(endpoint), endpoint.status]);
      expect([name(endpoint), answer.json]).toEqual([name(endpoint), endpoint.answer?.parse(answer.json) ?? null]);
    }
  });
});
