import { and, desc, eq, inArray, lte, max, type SQL, sql } from "drizzle-orm";
import { auditEvents, members } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { AuditAction } from "@/lib/audit/audit-sentence";
import type { AuditEvent } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { TokenRow } from "@/lib/tokens/token-row";
import { checkOf } from "./refusal-checks";
import type { RefusedCall } from "./refusal-facts";
import { decidingFields } from "./refusal-remedies";
import { narrowedOut } from "./refusal-scope";
import type { Since } from "./refusal-since";
import { isAllowedFrom } from "./refusal-verdict";

/** Since when what refused a call held, by the audit log; null where nothing tells. Of a token that the actor sees. */
export async function readSince(
  actor: Actor,
  call: RefusedCall,
  token: TokenRow | null,
  ctx: Context,
): Promise<Since | null> {
  const { facts, at } = call;
  const latest: Latest = (subject, action, told) => latestEvent(actor, { subject, action, told, until: at }, ctx);
  const policyChanged = (...fields: (keyof TokenPolicy)[]) => {
    const names = sql.join(
      fields.map((field) => sql`${field}`),
      sql`, `,
    );
    const told = sql`${auditEvents.details}->'changes' ?| array[${names}]::text[]`;
    return latest({ kind: "policy", id: actor.organizationId }, "policy.updated", told);
  };
  switch (checkOf(call.code)) {
    case "deletion":
      // An access token that was ended before its client says no more of when.
      return token?.deletedAt && !facts.access ? { kind: "deleted", at: token.deletedAt } : null;
    case "expiry":
      return token?.expiresAt && !facts.access ? { kind: "expired", at: token.expiresAt } : null;
    case "issuer":
      return issuerSince(actor, token, ctx);
    case "organization": {
      const off = await latest(
        { kind: "organization", id: actor.organizationId },
        "tokens.switched",
        sql`${auditEvents.details}->>'enabled' = 'false'`,
      );
      return off && { kind: "switched_off", at: off };
    }
    case "network": {
      if (!isAllowedFrom(facts.address, facts.policy)) {
        const changed = await policyChanged("allowedNetworks");
        if (changed) return { kind: "policy", at: changed };
      }
      if (!token || isAllowedFrom(facts.address, facts.token)) return null;
      const own = await latest(
        { kind: "token", id: token.id },
        "token.updated",
        sql`${auditEvents.details} ? 'allowed_networks'`,
      );
      return { kind: own ? "token_changed" : "token_made", at: own ?? token.createdAt };
    }
    case "limit": {
      const changed = await policyChanged(facts.of === "token" ? "callsPerToken" : "callsPerOrganization");
      return changed && { kind: "policy", at: changed };
    }
    case "permission":
      return permissionSince(actor, call, token, latest, ctx);
    case "rule": {
      const fields = decidingFields(call.code);
      const changed = fields.length > 0 ? await policyChanged(...fields) : null;
      return changed && { kind: "policy", at: changed };
    }
    case "secret":
    case "exchange":
    case "input":
      return null;
  }
}

/**
 * When the nearest role lost what was missing, or its bearer got that role, whichever came last: the token's own role, or else
 * its issuer's. Of several permissions the one that was missing first. What the access token alone lacked, it lacked at once.
 */
async function permissionSince(
  actor: Actor,
  { facts, at }: RefusedCall,
  token: TokenRow | null,
  latest: Latest,
  ctx: Context,
): Promise<Since | null> {
  const ofToken = facts.role !== null && facts.role.lacks.length > 0;
  const role = ofToken ? facts.role : facts.issuerRole;
  if (!role || role.lacks.length === 0) {
    const made = narrowedOut(facts).length > 0 ? facts.access?.issuedAt : null;
    return made ? { kind: "access_made", at: new Date(made) } : null;
  }
  const got =
    ofToken && token
      ? ({ kind: "token_role", at: token.createdAt, role: role.name } as const)
      : await roleGot(actor, role, token, latest, ctx);
  const lostAt = await latestLosses(actor, role, at, ctx);
  const begun: Since[] = [];
  for (const permission of role.lacks) {
    const lost = lostAt.get(permission);
    const since = [
      ...(lost ? [{ kind: "role_lost", at: lost, role: role.name, permission } as const] : []),
      ...(got ? [got] : []),
    ]
      .filter((one) => one.at <= at)
      .sort((one, other) => other.at.getTime() - one.at.getTime())[0];
    if (since) begun.push(since);
  }
  return begun.sort((one, other) => one.at.getTime() - other.at.getTime())[0] ?? null;
}

/** When a role last lost each of what it lacks, until the call: one reading, however many those are. */
async function latestLosses(
  actor: Actor,
  { id, lacks }: { id: string; lacks: readonly string[] },
  until: Date,
  { db }: Context,
): Promise<ReadonlyMap<string, Date>> {
  const rows = await db
    .select({ permission: sql<string>`taken.permission`, at: max(auditEvents.at) })
    .from(auditEvents)
    .innerJoin(
      sql`jsonb_array_elements_text(${auditEvents.details}->'taken') as taken(permission)`,
      inArray(sql`taken.permission`, [...lacks]),
    )
    .where(
      and(
        eq(auditEvents.organizationId, actor.organizationId),
        eq(auditEvents.subjectKind, "role"),
        eq(auditEvents.subjectId, id),
        eq(auditEvents.action, "role.updated"),
        lte(auditEvents.at, until),
      ),
    )
    .groupBy(sql`taken.permission`);
  return new Map(rows.flatMap(({ permission, at }) => (at ? [[permission, at] as const] : [])));
}

/** When a member got the role: by a change, or with joining where it never had another. */
async function roleGot(
  actor: Actor,
  role: { id: string; name: string },
  token: TokenRow | null,
  latest: Latest,
  { db }: Context,
): Promise<Since | null> {
  const member = { kind: "member", id: token?.issuedBy.id ?? actor.memberId } as const;
  const given = await latest(member, "member.updated", sql`${auditEvents.details}->'role_id'->>'to' = ${role.id}`);
  if (given) return { kind: token ? "issuer_given" : "you_given", at: given, role: role.name };
  // A change that led away from the role came after the call, or the log does not go back as far.
  const [joined] = await db
    .select({ at: members.createdAt })
    .from(members)
    .where(and(eq(members.organizationId, actor.organizationId), eq(members.id, member.id)));
  return joined ? { kind: token ? "issuer_joined" : "you_joined", at: joined.at, role: role.name } : null;
}

async function issuerSince(actor: Actor, token: TokenRow | null, { db }: Context): Promise<Since | null> {
  if (!token) return null;
  const [issuer] = await db
    .select({ at: members.deactivatedAt })
    .from(members)
    .where(and(eq(members.organizationId, actor.organizationId), eq(members.id, token.issuedBy.id)));
  return issuer?.at ? { kind: "deactivated", at: issuer.at } : null;
}

/** When this last happened to a subject, until the call. */
type Latest = (subject: AuditEvent["subject"], action: AuditAction, told: SQL) => Promise<Date | null>;

async function latestEvent(
  actor: Actor,
  { subject, action, told, until }: { subject: AuditEvent["subject"]; action: AuditAction; told: SQL; until: Date },
  { db }: Context,
): Promise<Date | null> {
  const [event] = await db
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organizationId, actor.organizationId),
        eq(auditEvents.subjectKind, subject.kind),
        eq(auditEvents.subjectId, subject.id),
        eq(auditEvents.action, action),
        lte(auditEvents.at, until),
        told,
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(1);
  return event?.at ?? null;
}
