import { eq } from "drizzle-orm";
import { organizations, passwords, users } from "@/db/schema";
import { logIn } from "@/lib/auth/log-in";
import { hashPassword } from "@/lib/auth/password";
import { serveApi } from "@/test/api";
import { days, NOW } from "@/test/clock";
import { fixDatabaseClock } from "@/test/database-clock";
import { contextOf, makeWorld } from "@/test/world";

export const PASSWORD = "seven grey herons";

/** Ids that the bodies and addresses of the reference write out, by what they stand for. */
const WRITTEN = {
  organization: "0198a4d2-1b00-7e19-8d4c-90a1e3f7b2d6",
  role: "0198a4d2-3c1e-7b50-9c0a-5f1f6a2d7e11",
  person: "0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57",
  group: "0198a4d3-01aa-7d3f-b6b1-64c2d2a9f0c3",
};
const TOKEN = "1m9YQ2zk7hVd";

/** Acme, with four people, a group, a token that calls and one that it calls about, at one fixed moment. */
export async function exampleScene() {
  const { db, sql, url } = await serveApi();
  await fixDatabaseClock(url, NOW);
  const world = await makeWorld(db, { policy: { tokensMayMint: true } });
  await db.update(organizations).set({ name: "Acme", slug: "acme" });
  const people = {
    "Amara Okafor": world.admin,
    "Ben Lindqvist": world.engineer,
    "Chidi Marsh": world.user,
    "Dana Reyes": world.viewer,
  };
  for (const [name, { userId }] of Object.entries(people)) {
    const email = `${name.split(" ")[0]?.toLowerCase()}@acme.example`;
    await db.update(users).set({ name, email }).where(eq(users.id, userId));
  }
  await db
    .insert(passwords)
    .values({ userId: world.engineer.userId, hash: await hashPassword(PASSWORD), updatedAt: days(-1) });
  const group = await world.addGroup("Platform", [world.admin, world.engineer], [world.admin]);
  await sql`insert into instances (id, host, position) values (gen_random_uuid(), 'console-1', 0)`;
  const caller = await world.addToken(world.admin, { name: "Automation" });
  const client = await world.addToken(world.admin, { name: "Nightly export", kind: "cls" });
  const known = new Map([
    [world.organizationId, WRITTEN.organization],
    [world.roleIds.engineer, WRITTEN.role],
    [world.admin.memberId, WRITTEN.person],
    [group, WRITTEN.group],
  ]);
  return {
    db,
    sql,
    world,
    group,
    caller,
    client,
    known,
    /** A refresh token of a login of Ben's. */
    async refreshToken() {
      const input = { email: "ben@acme.example", password: PASSWORD, organization: "acme" };
      const made = await logIn(input, { agent: "curl/8.5.0" }, contextOf(db));
      if (!made.ok) throw new Error(made.refusal.code);
      return made.value.refresh.plain.reveal();
    },
    /** A token to call about; the reference writes its id out. */
    async target() {
      const token = await world.addToken(world.admin, {
        name: "Production integration",
        description: "Order sync, runs every minute",
        roleId: world.roleIds.engineer,
        createdAt: new Date("2026-03-12T09:30:00Z"),
        expiresAt: new Date("2027-03-12T09:30:00Z"),
        lastUsedAt: new Date("2026-06-15T11:58:11.204Z"),
        allowedNetworks: ["203.0.113.0/24"],
      });
      known.set(token.id, TOKEN);
      return token;
    },
  };
}

export type ExampleScene = Awaited<ReturnType<typeof exampleScene>>;
