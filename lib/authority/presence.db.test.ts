import { expect, it, onTestFinished } from "vitest";
import { freshDatabase } from "@/test/database";
import { startInstance } from "@/test/instance";
import { makeWorld } from "@/test/world";
import { Presence } from "./presence";

async function scene() {
  const { db, sql } = await freshDatabase();
  const world = await makeWorld(db);
  const troubles: string[] = [];
  const presence = new Presence({
    sql,
    host: "here",
    position: () => 7,
    onTrouble: (message) => troubles.push(message),
  });
  onTestFinished(() => presence.leave());
  await presence.register();
  const note = async (at = "0 seconds") => {
    const [row] = await sql<{ sequence: string }[]>`
      insert into revocation_feed (kind, organization_id, subject_id, at)
      values ('token_deleted', ${world.organizationId}, 'somebody', now() - ${at}::interval) returning sequence`;
    return Number(row!.sequence);
  };
  const confirmed = async () =>
    (await sql<{ sequence: string }[]>`select sequence from revocation_confirmations order by sequence`).map((row) =>
      Number(row.sequence),
    );
  return { sql, presence, note, confirmed, troubles };
}

it("is in the table of instances from its registration on, and says when it leaves", async () => {
  const { sql, presence } = await scene();
  const rows = () => sql`select id, host, position::int, stopped_at is not null as stopped from instances`;
  expect(await rows()).toEqual([{ id: presence.id, host: "here", position: 7, stopped: false }]);
  await presence.register();
  expect(await rows()).toHaveLength(1);
  await presence.leave();
  expect(await rows()).toMatchObject([{ stopped: true }]);
});

it("says which server it is and how long it may serve without the database", async () => {
  const { url, sql } = await freshDatabase();
  await startInstance(url, { host: "never" });
  await startInstance(url, { host: "for a while", staleSeconds: 20, server: "gate" });
  expect([...(await sql`select host, server, stale_seconds from instances order by host desc`)]).toEqual([
    { host: "never", server: "app", stale_seconds: 0 },
    { host: "for a while", server: "gate", stale_seconds: 20 },
  ]);
});

it("confirms each deletion once, and nothing that the feed does not hold any more", async () => {
  const { presence, note, confirmed, troubles } = await scene();
  const [first, second] = [await note(), await note()];
  for (const sequence of [first, second, second, 999_999]) presence.confirm(sequence);
  await presence.flush();
  presence.confirm(first);
  await presence.flush();
  expect(await confirmed()).toEqual([first, second]);
  expect(troubles).toEqual([]);
});

it("keeps a confirmation that could not be written", async () => {
  const { sql, presence, note, confirmed, troubles } = await scene();
  const sequence = await note();
  await sql`alter table revocation_confirmations rename to elsewhere`;
  presence.confirm(sequence);
  await presence.flush();
  expect(troubles).toEqual(["deletions are refused here, and their receipts could not be told so yet"]);
  await sql`alter table elsewhere rename to revocation_confirmations`;
  await presence.flush();
  expect(await confirmed()).toEqual([sequence]);
});

it("clears what is older than a day, with its confirmations, and keeps the rest", async () => {
  const { sql, presence, note, confirmed } = await scene();
  const [old, young] = [await note("25 hours"), await note("23 hours")];
  await sql`insert into instances (id, host, position, heartbeat_at) values (gen_random_uuid(), 'long gone', 0, now() - interval '25 hours')`;
  for (const sequence of [old, young]) presence.confirm(sequence);
  await presence.flush();
  await presence.clear();
  expect(await confirmed()).toEqual([young]);
  expect(await sql`select host from instances`).toEqual([{ host: "here" }]);
  const kept = await sql<{ sequence: string }[]>`select sequence from revocation_feed where kind = 'token_deleted'`;
  expect(kept.map((row) => Number(row.sequence))).toEqual([young]);
});
