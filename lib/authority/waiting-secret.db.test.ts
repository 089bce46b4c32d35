import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { apiTokens } from "@/db/schema";
import type { Permission } from "@/lib/access/permission";
import { getToken } from "@/lib/tokens/get-token";
import { rotateOwnToken, rotateToken } from "@/lib/tokens/rotate-token";
import { twoInstances } from "@/test/instance";
import { actingToken, contextOf } from "@/test/world";

const MANAGER: Permission[] = ["tokens:read", "tokens:create", "tokens:manage", "tokens:oversee"];

interface Options {
  /** Whether groups bound what people see. */
  groups: boolean;
}

/** A colleague's token that somebody has rotated who sees and manages it. */
async function scene({ groups }: Options) {
  const { db, world, one, sql } = await twoInstances();
  await sql`update token_policies set visibility = 'permitted'`;
  await sql`update organizations set teams_enabled = ${groups}`;
  const asker = await world.addMember({ role: { roleId: await world.addRole("Manager", MANAGER) } });
  const issuer = await world.addMember({ role: { roleId: await world.addRole("Colleague", ["tokens:read"]) } });
  const groupId = await world.addGroup("Care", [asker, issuer]);
  const { id, secret } = await world.addToken(issuer, { roleId: world.roleIds.engineer });
  const made = await rotateToken(await world.reload(asker), { id, overlap_days: 0 }, contextOf(db, new Date()));
  if (!made.ok) throw new Error(made.refusal.code);
  const fresh = made.value.secret.reveal();
  // Read while it stands: memory believes in it.
  expect(await one.outcome(fresh)).toBe("allowed");
  return {
    db,
    secret,
    world,
    sql,
    asker,
    issuer,
    groupId,
    id,
    codeOf: async (of: "fresh" | "old") => {
      const admission = await one.use(of === "fresh" ? fresh : secret, null);
      return admission.ok ? "ok" : admission.code;
    },
    catchUp: () => one.catchUp(),
    isShown: async () => {
      const found = await getToken(world.admin, id, contextOf(db, new Date()));
      if (!found.ok) throw new Error(found.refusal.code);
      return found.value.rotation !== null;
    },
    rotatedAt: async () => (await db.select().from(apiTokens).where(eq(apiTokens.id, id)))[0]?.rotatedAt,
  };
}

type Scene = Awaited<ReturnType<typeof scene>>;
const grant = ({ world, sql }: Scene, who: { roleId: string }, permissions: Permission[]) =>
  sql`update roles set permissions = ${permissions} where organization_id = ${world.organizationId} and id = ${who.roleId}`;
const policy = ({ world, sql }: Scene, visibility: string) =>
  sql`update token_policies set visibility = ${visibility} where organization_id = ${world.organizationId}`;
const age = ({ id, sql }: Scene, days: number) =>
  sql`update api_tokens set pending_at = now() - make_interval(days => ${days}) where id = ${id}`;
const join = ({ world, sql }: Scene, groupId: string, { memberId }: { memberId: string }) =>
  sql`insert into group_members (organization_id, group_id, member_id) values (${world.organizationId}, ${groupId}, ${memberId})`;

const SEEN: Options = { groups: false };
const IN_GROUPS: Options = { groups: true };

describe("a secret that waits", () => {
  it.each<[string, Options, (of: Scene) => unknown]>([
    ["whoever asked for it is deactivated", SEEN, ({ world, asker }) => world.deactivate(asker)],
    ["they may manage no tokens any more", SEEN, (of) => grant(of, of.asker, ["tokens:read", "tokens:oversee"])],
    ["they do not see the token any more", SEEN, (of) => policy(of, "administrators")],
    ["they are lowered", SEEN, ({ world, asker }) => world.setRole(asker, world.roleIds.user)],
    ["the token may do more than they", SEEN, (of) => of.world.setRole(of.issuer, of.world.roleIds.engineer)],
    [
      "its issuer is made an administrator",
      IN_GROUPS,
      (of) => grant(of, of.issuer, ["tokens:read", "organization:manage"]),
    ],
    [
      "its issuer is in a group of which they are not",
      IN_GROUPS,
      ({ world, issuer }) => world.addGroup("Other", [issuer]),
    ],
    ["they left its issuer's group", IN_GROUPS, ({ world, groupId, asker }) => world.leaveGroup(groupId, asker)],
    ["it waited for a month", SEEN, (of) => age(of, 30)],
  ])("is void, and shown no more, once %s", async (_, options, happen) => {
    const it = await scene(options);
    expect(await it.isShown()).toBe(true);
    await happen(it);
    expect(await it.isShown()).toBe(false);
    expect(await it.codeOf("fresh")).toBe("invalid_token");
    expect(await it.rotatedAt()).toBeNull();
    // Where instances have heard of what happened, too.
    await it.catchUp();
    expect(await it.codeOf("fresh")).toBe("invalid_token");
    expect(await it.codeOf("old")).toBe("ok");
    // Nor does it keep the token from its own next one.
    const itself = await actingToken(it.db, await it.world.reload(it.issuer), it);
    await it.sql`update api_tokens set pending_at = pending_at - interval '10 seconds' where id = ${it.id}`;
    expect(await rotateOwnToken(itself, { overlap_days: 1 }, contextOf(it.db, new Date()))).toMatchObject({ ok: true });
  });

  it.each<[string, Options, (of: Scene) => unknown]>([
    ["for weeks", SEEN, (of) => age(of, 29)],
    [
      "though they become administrator",
      IN_GROUPS,
      ({ world, asker }) => world.setRole(asker, world.roleIds.administrator),
    ],
    [
      "though both are in another group",
      IN_GROUPS,
      async (of) => join(of, await of.world.addGroup("Other", [of.asker]), of.issuer),
    ],
    [
      "where they answer for the account by now",
      SEEN,
      async (of) => {
        await of.sql`update users set kind = 'service', email = null from members where members.user_id = users.id and members.id = ${of.issuer.memberId}`;
        await of.sql`update members set owner_member_id = ${of.asker.memberId} where id = ${of.issuer.memberId}`;
        await grant(of, of.asker, ["tokens:read"]);
      },
    ],
  ])("stands %s", async (_, options, happen) => {
    const it = await scene(options);
    await happen(it);
    expect(await it.isShown()).toBe(true);
    expect(await it.codeOf("fresh")).toBe("ok");
    expect(await it.codeOf("old")).toBe("invalid_token");
  });
});
