import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { days } from "./clock";
import type { Notifying } from "./notifying-process";
import type { World } from "./world";

const SCRIPT = fileURLToPath(new URL("./notifying-process.ts", import.meta.url));

/** Tokens that all expire on one day, each in its own second or so, in turns of these issuers. */
export async function addExpiringTokens(db: Db, world: World, issuers: readonly MemberActor[], count: number) {
  await db.execute(sql`
    insert into ${apiTokens} (organization_id, id, kind, prefix, name, issuer_id, role_id, secret_hash, pepper_id, last_four,
      created_at, expires_at)
    select ${world.organizationId}, 'T' || lpad(n::text, 11, '0'), 'pat', 'lk', 'token ' || n,
      (${sql.param(issuers.map(({ memberId }) => memberId))}::uuid[])[1 + n % ${issuers.length}], null, sha256(n::text::bytea), 'p', '0000',
      ${days(-60).toISOString()}, ${days(7).toISOString()}::timestamptz + n * interval '8 seconds'
    from generate_series(0, ${count - 1}) n`);
}

async function start(): Promise<ChildProcess> {
  const child = fork(SCRIPT, { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  return child;
}

/** Two workers at once, each of which ends when it is done or is killed; how many were. */
export async function twoWorkers(
  work: Notifying,
  started: (children: ChildProcess[]) => void = () => {},
): Promise<number> {
  const children = await Promise.all([start(), start()]);
  started(children);
  const signals = await Promise.all(
    children.map(async (child) => {
      const left = once(child, "exit");
      child.send(work);
      return (await left)[1];
    }),
  );
  return signals.filter((signal) => signal === "SIGKILL").length;
}
