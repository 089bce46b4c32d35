import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { type Permission, tokenPermissions } from "@/lib/access/permission";
import { visibleCondition } from "./read-tokens";
import { statusCondition } from "./status-condition";
import {
  deletesExpired,
  outsideReasons,
  type PolicyChange,
  type PolicyFacts,
  rightsChange,
  type TokenFate,
  tokenFate,
} from "./token-compliance";
import type { FatedToken } from "./token-fates";
import type { TokenKind } from "./token-secret";

/** Every column that a fate depends on, and no other: there may be a hundred thousand rows. Times in seconds since 1970. */
interface NarrowRow extends Record<string, unknown> {
  id: string;
  kind: TokenKind;
  issuer_id: string;
  role_id: string | null;
  described: number;
  expiry_set: number;
  expires: number | null;
  seen: boolean;
}

/**
 * What a change of policy does to each live token of the organization, and to the expired ones where it deletes them. With
 * `onlyDeleted`, of the latter alone.
 */
export async function readFates(
  db: Db,
  actor: Actor,
  change: PolicyChange,
  now: Date,
  { onlyDeleted = false } = {},
): Promise<FatedToken[]> {
  const expired = deletesExpired(change) ? statusCondition("expired", now) : sql`false`;
  const rows = await db.execute<NarrowRow>(sql`
    select ${apiTokens.id}, ${apiTokens.kind}, ${apiTokens.issuerId}, ${apiTokens.roleId},
      coalesce(char_length(${apiTokens.description}), 0) as described,
      date_part('epoch', coalesce(${apiTokens.expirySetAt}, ${apiTokens.createdAt})) as expiry_set,
      date_part('epoch', ${apiTokens.expiresAt}) as expires, ${visibleCondition(actor, change.from)} as seen
    from ${apiTokens}
    where ${apiTokens.organizationId} = ${actor.organizationId}
      and (${expired} ${onlyDeleted ? sql`` : sql`or ${statusCondition("active", now)}`})
    order by ${apiTokens.createdAt} desc, ${apiTokens.id} desc`);
  const known = await readHolders(db, actor.organizationId, change);
  const before = { policy: change.from, organization: change.organization };

  return rows.map((row): FatedToken => {
    const { issuer, roleId } = known.issuer(row.issuer_id);
    const token: PolicyFacts = {
      kind: row.kind,
      hasRole: row.role_id !== null,
      expirySetAt: instant(row.expiry_set),
      expiresAt: row.expires === null ? null : instant(row.expires),
      deletedAt: null,
      descriptionLength: row.described,
      issuer,
    };
    const fate = tokenFate(token, known.rights(row.role_id, roleId), change, now);
    return {
      id: row.id,
      issuerId: row.issuer_id,
      seen: row.seen,
      // Only asked of those for which it makes a difference.
      wasOutside: (fate.fate === "outside" || fate.fate === "stays") && outsideReasons(token, before, now).length > 0,
      fate: fate.fate,
      reasons: fate.reasons,
      lost: fate.lost,
      gained: fate.gained,
    };
  });
}

const instant = (seconds: number) => new Date(Math.round(seconds * 1000));

/** Issuers and what tokens of theirs may do, each read and reckoned once. */
async function readHolders(db: Db, organizationId: string, change: PolicyChange) {
  const [held, people] = await Promise.all([
    db.execute<{ id: string; permissions: Permission[] }>(
      sql`select ${roles.id}, ${roles.permissions} from ${roles} where ${roles.organizationId} = ${organizationId}`,
    ),
    db.execute<{ id: string; role_id: string; kind: "person" | "service" }>(sql`
      select member.id, member.role_id, person.kind from ${members} member
      join ${users} person on person.id = member.user_id
      where member.organization_id = ${organizationId} and exists (
        select 1 from ${apiTokens} where ${apiTokens.organizationId} = ${organizationId} and ${apiTokens.issuerId} = member.id)`),
  ]);
  const permissionsOf = new Map(held.map((role) => [role.id, role.permissions]));
  const roleOf = (id: string) => {
    const permissions = permissionsOf.get(id);
    if (!permissions) throw new Error("a role of the organization is not among its roles");
    return permissions;
  };
  const issuers = new Map(
    people.map(({ id, role_id, kind }) => [
      id,
      { roleId: role_id, issuer: { permissions: new Set(roleOf(role_id)), isService: kind === "service" } },
    ]),
  );
  const reckoned = new Map<string, Pick<TokenFate, "lost" | "gained">>();
  return {
    issuer(id: string) {
      const found = issuers.get(id);
      if (!found) throw new Error("the issuer of a token is not among the members");
      return found;
    },
    /** What becomes of the rights of a token with this role, or none, by an issuer with that one. */
    rights(tokenRole: string | null, issuerRole: string) {
      const key = `${tokenRole} ${issuerRole}`;
      const known = reckoned.get(key);
      if (known) return known;
      const power = tokenPermissions(tokenRole === null ? null : roleOf(tokenRole), roleOf(issuerRole));
      const rights = rightsChange(power, change);
      reckoned.set(key, rights);
      return rights;
    },
  };
}
