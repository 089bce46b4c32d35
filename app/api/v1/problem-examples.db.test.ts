import { describe, expect, it } from "vitest";
import { PEER_HEADER } from "@/lib/auth/peer-address";
import { readGateAddress } from "@/lib/gate/gate-address";
import { OAUTH_ERRORS, type OAuthErrorCode } from "@/lib/http/oauth-error-codes";
import type { ProblemCode } from "@/lib/http/problem";
import { answerExample } from "@/lib/http/problem-pages/answer-example";
import { PROBLEM_PAGES } from "@/lib/http/problem-pages/problem-pages";
import { PROBLEM_TEXTS } from "@/lib/http/problem-pages/problem-texts";
import { callForm, callRoute, serveApi } from "@/test/api";
import { givePassword, PASSWORD } from "@/test/passwords";
import { makeWorld } from "@/test/world";
import * as login from "./auth/login/route";
import * as me from "./me/route";
import * as members from "./members/route";
import { POST as exchange } from "./oauth/token/route";
import * as tokens from "./tokens/route";

const FROM = { [PEER_HEADER]: "203.0.113.7" };
const GRANT = { grant_type: "client_credentials" };

async function scene() {
  const api = await serveApi({ deadline: 200 });
  const world = await makeWorld(api.db, { preset: "client_credentials", policy: { callsPerToken: 600 } });
  const elsewhere = { allowedNetworks: ["192.0.2.0/24"] };
  const poor = { roleId: await world.addRole("Reader of nothing", []) };
  return { ...api, world, elsewhere, poor };
}

type Scene = Awaited<ReturnType<typeof scene>>;
type Answer = Pick<Awaited<ReturnType<typeof callRoute>>, "json">;

/** The body of the example on the page of a code, without what differs from call to call. */
function shownOn(code: string): object {
  const page = PROBLEM_PAGES.get(code);
  if (!page) throw new Error(`no page of ${code}`);
  const text = answerExample(page);
  return { ...JSON.parse(text.slice(text.indexOf("{"))), request_id: expect.any(String) };
}

const asClient =
  (form: Record<string, string>, wish: (scene: Scene) => object = () => ({})) =>
  async (scene: Scene): Promise<Answer> => {
    const client = await scene.world.addToken(scene.world.engineer, { kind: "cls", ...wish(scene) });
    const sent = { ...GRANT, client_id: client.id, client_secret: client.secret, ...form };
    return callForm(exchange, { form: sent, headers: FROM });
  };

const OAUTH: Record<OAuthErrorCode, (scene: Scene) => Promise<Answer>> = {
  invalid_request: asClient({ grant_type: "" }),
  invalid_client: asClient({ client_secret: "wrong" }),
  unauthorized_client: asClient({}, ({ elsewhere }) => elsewhere),
  unsupported_grant_type: asClient({ grant_type: "password" }),
  invalid_scope: asClient({ scope: "members:write" }),
  invalid_target: asClient({ resource: "https://elsewhere.example" }),
  temporarily_unavailable: async (scene) => {
    const { world, sql } = scene;
    const client = await world.addToken(world.engineer, { kind: "cls" });
    return sql.begin(async (held) => {
      await held`lock table api_tokens in access exclusive mode`;
      return callForm(exchange, { form: { ...GRANT, client_id: client.id, client_secret: client.secret } });
    });
  },
  server_error: async (scene) => {
    await scene.sql`drop table signing_keys`;
    return asClient({})(scene);
  },
};

const asToken =
  (route: typeof me.GET, wish: (scene: Scene) => object = () => ({}), times = 1) =>
  async (scene: Scene): Promise<Answer> => {
    const { secret: token } = await scene.world.addToken(scene.world.engineer, wish(scene));
    for (let n = 1; n < times; n++) await callRoute(route, { token, headers: FROM });
    return callRoute(route, { token, headers: FROM });
  };

async function signIn({ db, world, sql }: Scene, more: object): Promise<Answer> {
  const other = await makeWorld(db);
  await sql`update organizations set slug = 'acme' where id = ${world.organizationId}`;
  await sql`update organizations set slug = 'meridian' where id = ${other.organizationId}`;
  await sql`update members set user_id = ${world.user.userId} where id = ${other.user.memberId}`;
  await givePassword(db, world.user);
  const body = { email: world.user.email, password: PASSWORD, ...more };
  return callRoute(login.POST, { method: "POST", body });
}

/** The codes whose example says more than the sentence of the code. */
const PROBLEMS_WITH_DETAIL: Partial<Record<ProblemCode, (scene: Scene) => Promise<Answer>>> = {
  insufficient_scope: asToken(members.GET, ({ poor }) => poor),
  address_not_allowed: asToken(me.GET, ({ elsewhere }) => elsewhere),
  rate_limited: asToken(me.GET, () => ({}), 601),
  organization_required: (scene) => signIn(scene, {}),
  scope_exceeds_yours: (scene) => signIn(scene, { organization: "acme", scope: "members:write" }),
  unsupported_media_type: async ({ world }) => {
    const { secret: token } = await world.addToken(world.engineer);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return callRoute(tokens.POST, { method: "POST", token, headers, text: "name=x" });
  },
};

describe("the answer that a page shows", () => {
  it.each(Object.keys(OAUTH_ERRORS) as OAuthErrorCode[])("is what the token endpoint answers: %s", async (code) => {
    expect((await OAUTH[code](await scene())).json).toEqual(shownOn(code));
  });

  it.each(Object.entries(PROBLEMS_WITH_DETAIL))("is what the API answers: %s", async (code, provoke) => {
    expect((await provoke(await scene())).json).toEqual(shownOn(code));
  });

  it("is what the gate answers where a proxy asks for what it does not know", () => {
    expect(shownOn("gate_misconfigured")).toMatchObject({
      detail: (readGateAddress("/verify?permision=orders:read") as { mistake: string }).mistake,
    });
  });

  it("has no words of its own that nobody has seen answered", () => {
    const told = Object.entries(PROBLEM_TEXTS).flatMap(([code, { detail }]) => (detail ? [code] : []));
    expect(told.sort()).toEqual([...Object.keys(PROBLEMS_WITH_DETAIL), "gate_misconfigured"].sort());
  });
});
