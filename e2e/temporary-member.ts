import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { Sql } from "postgres";
import { withDatabase } from "./database";

export interface TemporaryMember {
  email: string;
  name: string;
  organization: string;
  organizationId: string;
  /** Changes the row in the database, as an administrator's page will, and waits until every server has heard of it. */
  change(to: { role?: string; status?: "active" | "deactivated" }): Promise<void>;
}

/**
 * The only member of an organization that nobody else knows, so that no other test's tokens or limits are in the way. It has
 * the policy and the roles of a demo organization, Acme unless said otherwise, and its accounts' password.
 */
export async function temporaryMember({
  role,
  like = "acme",
}: {
  role: string;
  like?: string;
}): Promise<TemporaryMember> {
  const [organizationId, userId, memberId] = [randomUUID(), randomUUID(), randomUUID()];
  const slug = `temporary-${organizationId}`;
  const email = `${memberId}@temporary.example`;
  const [name, organization] = ["Temporary Member", "Temporary"];
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`
        insert into organizations (id, name, slug, plan)
        select ${organizationId}, ${organization}, ${slug}, plan from organizations where slug = ${like}`;
      for (const table of ["token_policies", "roles", "organization_permissions"] as const) {
        await tx`
          insert into ${tx(table)}
          select (jsonb_populate_record(t, jsonb_build_object(
            'organization_id', ${organizationId}::text, 'id', gen_random_uuid()))).*
          from ${tx(table)} t join organizations o on o.id = t.organization_id where o.slug = ${like}`;
      }
      await tx`insert into users (id, name, email) values (${userId}, ${name}, ${email})`;
      await tx`
        insert into passwords (user_id, hash)
        select ${userId}, hash from passwords p join users u on u.id = p.user_id where u.email = 'user@acme.example'`;
      const joined = await tx`
        insert into members (organization_id, id, user_id, role_id)
        select ${organizationId}, ${memberId}, ${userId}, id from roles
        where organization_id = ${organizationId} and name = ${role}`;
      if (joined.count !== 1) throw new Error(`${like} has no role ${role}`);
    }),
  );
  return {
    email,
    name,
    organization,
    organizationId,
    change: ({ role: next = null, status = null }) =>
      withDatabase(async (sql) => {
        await sql`
          update members m set status = coalesce(${status}, m.status), role_id = coalesce(
            (select r.id from roles r where r.organization_id = m.organization_id and r.name = ${next}), m.role_id)
          where m.id = ${memberId}`;
        await heardEverywhere(sql, organizationId);
      }),
  };
}

/**
 * Returns once every server that checks tokens has heard of all that was changed before. A page waits for its own server by
 * itself; a change past every door is told like any other, and notices come in the order of their transactions.
 */
export async function heardEverywhere(sql: Sql, organizationId: string): Promise<void> {
  const [told] = await sql<{ sequence: string }[]>`
    with told as (
      insert into revocation_feed (kind, organization_id, subject_id)
      values ('token_deleted', ${organizationId}, ${randomUUID()}) returning sequence, kind, subject_id
    )
    select sequence, pg_notify('latchkey_revocations', concat_ws(' ', sequence, kind, subject_id)) from told`;
  const deaf = async () =>
    (
      await sql`
        select from instances i where i.stopped_at is null and i.heartbeat_at > now() - interval '10 seconds' and not exists (
          select from revocation_confirmations c where c.instance_id = i.id and c.sequence = ${told?.sequence ?? 0})`
    ).count;
  await expect.poll(deaf, { intervals: [20] }).toBe(0);
}
