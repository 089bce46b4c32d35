import { randomInt } from "node:crypto";
import { afterAll, inject } from "vitest";
import { createDatabase, type Db } from "@/db/client";
import { passwords } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { hashPassword } from "@/lib/auth/password";
import { makeWorld, type World } from "@/test/world";

export const PASSWORD = "a long and quiet password";

let hash: Promise<string> | undefined;

/** The database of the server that runs. Closed after the last test of the file. */
export function servedDatabase() {
  const database = createDatabase(inject("servedSettings").DATABASE_URL ?? "", { max: 4 });
  afterAll(() => database.end());
  return database;
}

export interface Scene {
  world: World;
  groupId: string;
  /** A client with the rights of an engineer, and its secret. */
  client: { id: string; secret: string };
  /** Signs in with `PASSWORD`. */
  person: MemberActor;
}

/** An organization of its own on the server, with a client and somebody who can sign in. */
export async function makeScene(db: Db): Promise<Scene> {
  const world = await makeWorld(db, {
    preset: "role_scoped",
    number: randomInt(1_000_000_000),
    policy: { maxPerOrganization: null, maxPerIssuer: null },
  });
  const person = await world.addMember({ role: "engineer" });
  hash ??= hashPassword(PASSWORD);
  await db.insert(passwords).values({ userId: person.userId, hash: await hash });
  return {
    world,
    person,
    groupId: await world.addGroup("Everybody", [world.user, world.engineer], [world.admin]),
    client: await world.addToken(world.admin, { kind: "cls", roleId: world.roleIds.engineer }),
  };
}
