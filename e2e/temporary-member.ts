import { randomUUID } from "node:crypto";
import { withDatabase } from "./database";

export interface TemporaryMember {
  email: string;
  name: string;
  /** Changes the row in the database, as an administrator's page will. */
  change(to: { role?: string; status?: "active" | "deactivated" }): Promise<void>;
}

/** A member whom no other test knows, of Acme unless said otherwise, with the password of the demo accounts. */
export function temporaryMember({ role, of = "acme" }: { role: string; of?: string }): Promise<TemporaryMember> {
  const [userId, memberId] = [randomUUID(), randomUUID()];
  const email = `${memberId}@${of}.example`;
  const name = "Temporary Member";
  const roleNamed = (wanted: string) =>
    withDatabase(async (sql) => {
      const [found] = await sql<{ id: string; organization: string }[]>`
      select r.id, r.organization_id as organization from roles r join organizations o on o.id = r.organization_id
      where o.slug = ${of} and r.name = ${wanted}`;
      if (!found) throw new Error(`${of} has no role ${wanted}`);
      return found;
    });
  return withDatabase(async (sql) => {
    const { id: roleId, organization } = await roleNamed(role);
    await sql.begin(async (tx) => {
      await tx`insert into users (id, name, email) values (${userId}, ${name}, ${email})`;
      await tx`
        insert into passwords (user_id, hash)
        select ${userId}, hash from passwords p join users u on u.id = p.user_id where u.email = 'user@acme.example'`;
      await tx`
        insert into members (organization_id, id, user_id, role_id)
        values (${organization}, ${memberId}, ${userId}, ${roleId})`;
    });
    return {
      email,
      name,
      change: async ({ role: next, status }) => {
        const changed = next && (await roleNamed(next)).id;
        await withDatabase(async (later) => {
          if (changed) await later`update members set role_id = ${changed} where id = ${memberId}`;
          if (status) await later`update members set status = ${status} where id = ${memberId}`;
        });
      },
    };
  });
}
