import type { OperationId } from "@/lib/http/api-reference";
import { encodeCursor } from "@/lib/http/cursor";
import { deleteToken } from "@/lib/tokens/delete-token";
import { rotateOwnToken, rotateToken } from "@/lib/tokens/rotate-token";
import type { ApiCall } from "@/test/api";
import { NOW } from "@/test/clock";
import { actingToken, contextOf } from "@/test/world";
import { type ExampleScene, PASSWORD } from "./scene";

type MakeCall = (scene: ExampleScene) => ApiCall | Promise<ApiCall>;

const asCaller: MakeCall = ({ caller }) => ({ token: caller.secret });
const aPage: MakeCall = ({ caller }) => ({ token: caller.secret, path: "?limit=1" });
const aboutTarget: MakeCall = async (scene) => ({
  token: scene.caller.secret,
  params: { id: (await scene.target()).id },
});

const basic = ({ client }: ExampleScene) => ({
  authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`,
});

/**
 * How each operation is called to be shown. One that is not here does not compile: add it, and run `npm run examples`.
 * Bodies are those of the reference, but where a secret stands in them.
 */
export const EXAMPLE_CALLS: Record<OperationId, MakeCall> = {
  whoAmI: asCaller,
  rotateOwnToken: asCaller,
  async cancelOwnRotation(scene) {
    const actor = await actingToken(scene.db, scene.world.admin, scene.caller);
    await rotateOwnToken(actor, { overlap_days: 1 }, contextOf(scene.db));
    return asCaller(scene);
  },
  deleteOwnToken: asCaller,
  async listTokens(scene) {
    await scene.target();
    return { token: scene.caller.secret, path: "?q=Production&limit=1" };
  },
  getToken: aboutTarget,
  createToken: asCaller,
  updateToken: aboutTarget,
  rotateToken: aboutTarget,
  async cancelRotation(scene) {
    const call = await aboutTarget(scene);
    await rotateToken(scene.world.admin, { id: call.params?.id ?? "", overlap_days: 1 }, contextOf(scene.db));
    return call;
  },
  extendToken: aboutTarget,
  deleteToken: aboutTarget,
  async getReceipt(scene) {
    const call = await aboutTarget(scene);
    await deleteToken(scene.world.admin, { id: call.params?.id ?? "" }, contextOf(scene.db));
    await scene.sql`insert into revocation_confirmations (sequence, instance_id, at)
      select f.sequence, i.id, f.at + interval '3.2 milliseconds' from revocation_feed f, instances i
      where f.kind = 'token_deleted'`;
    return call;
  },
  listMembers: aPage,
  getMember: ({ caller, world }) => ({ token: caller.secret, params: { id: world.admin.memberId } }),
  updateMember: ({ caller, world }) => ({ token: caller.secret, params: { id: world.user.memberId } }),
  listGroups: aPage,
  getGroup: ({ caller, group }) => ({ token: caller.secret, params: { id: group } }),
  /** One of its own: the built-in ones were made in one moment, and have no order among them. */
  async listRoles({ caller, world }) {
    await world.addRole("Support", ["members:read", "tokens:read"]);
    const builtIn = Object.values(world.roleIds).sort().at(-1);
    return { token: caller.secret, path: `?limit=1&cursor=${encodeCursor("roles", builtIn ?? "")}` };
  },
  getOrganization: asCaller,
  async listAuditEvents(scene) {
    const { id } = await scene.target();
    await deleteToken(scene.world.admin, { id }, contextOf(scene.db, NOW));
    return aPage(scene);
  },
  logIn: () => ({ body: { email: "ben@acme.example", password: PASSWORD, organization: "acme" } }),
  refreshLogin: async ({ refreshToken }) => ({ body: { refresh_token: await refreshToken() } }),
  logOut: async ({ refreshToken }) => ({ body: { refresh_token: await refreshToken() } }),
  exchangeClientCredentials: (scene) => ({ headers: basic(scene), form: { grant_type: "client_credentials" } }),
  readServerMetadata: () => ({}),
  readKeys: () => ({}),
  introspectToken: async (scene) => ({
    headers: basic(scene),
    form: { token: (await scene.target()).secret },
  }),
  revokeToken: (scene) => ({ headers: basic(scene), form: { token: scene.client.secret } }),
  getDescription: () => ({}),
  isAlive: () => ({}),
  isReady: () => ({}),
};
