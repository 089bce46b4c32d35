import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { apiTokens, auditEvents, tokenCallers, tokenUsage } from "@/db/schema";
import type { AuditAction } from "@/lib/audit/audit-sentence";
import type { Peppers } from "@/lib/tokens/token-peppers";
import { hashToken, mintToken } from "@/lib/tokens/token-secret";
import { tokenStatus } from "@/lib/tokens/token-status";
import type { DemoOrganizationPlan, DemoToken } from "./demo-organization";
import { DAY, dayAhead, daysAgo, workingMoment } from "./demo-times";
import { usageHistory } from "./token-usage-rows";
import { named, type WrittenOrganization } from "./write-organization";

/** How long after an expiry the system clears the token away, where the policy asks for it. */
const CLEARED_AFTER = 38_000;
/** Rows a statement: far below the 65,535 parameters that the protocol allows. */
const BATCH = 1_000;

export interface TokenMinting {
  now: Date;
  peppers: Peppers;
  tokenPrefix: string;
}

type Event = typeof auditEvents.$inferInsert;

/** Writes an organization's tokens with their use and their history. Each secret is hashed and then gone. */
export async function writeTokens(
  tx: Tx,
  plan: DemoOrganizationPlan,
  written: WrittenOrganization,
  minting: TokenMinting,
): Promise<void> {
  const all = plan.tokens.map((token) => tokenRows(token, plan, written, minting));
  await tx.insert(apiTokens).values(all.map(({ row }) => row));
  for (const part of batches(all.flatMap(({ usage }) => usage))) await tx.insert(tokenUsage).values(part);
  for (const part of batches(all.flatMap(({ callers }) => callers))) await tx.insert(tokenCallers).values(part);
  for (const part of batches(all.flatMap(({ events }) => events))) await tx.insert(auditEvents).values(part);
}

const batches = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH));

function tokenRows(
  token: DemoToken,
  plan: DemoOrganizationPlan,
  written: WrittenOrganization,
  { now, peppers, tokenPrefix }: TokenMinting,
) {
  const { organizationId } = written;
  const seed = `${plan.domain}|${token.issuer}|${token.name}`;
  const issuer = named(written.members, token.issuer, "member");
  const createdAt = workingMoment(token.created, seed, now);
  const expiresAt = expiryOf(token, createdAt, now);
  const deletedAt = deletionOf(token, expiresAt, seed, now);
  const deleter = token.deleted && token.deleted !== "at_expiry" ? (token.deleted.by ?? token.issuer) : null;
  const over = earliest(deletedAt, expiresAt && expiresAt <= now ? expiresAt : null);
  const kind = issuer.kind === "service" ? "svc" : plan.preset === "client_credentials" ? "cls" : "pat";
  const { id, lastFour, plain } = mintToken(tokenPrefix, kind);
  const history = token.usage
    ? usageHistory(token.usage, { seed, createdAt, over, isOut: outageOf(plan, now) }, now)
    : { usage: [], callers: [], lastUsed: null };
  const roleId = token.role ? named(written.roles, token.role, "role") : null;

  const event = (at: Date, action: AuditAction, actor: string | null, details: Record<string, unknown>): Event => {
    const member = actor === null ? null : named(written.members, actor, "member");
    return {
      organizationId,
      id: uuidv7({ msecs: at.getTime() }),
      at,
      action,
      actorKind: member ? "member" : "system",
      actorMemberId: member?.id ?? null,
      subjectKind: "token",
      subjectId: id,
      details,
      ip: member?.ip ?? null,
    };
  };
  const before = { name: token.changed?.name ?? token.name };
  const events = [
    event(createdAt, "token.created", token.createdBy ?? token.issuer, {
      ...before,
      role_id: roleId,
      expires_at: expiresAt,
    }),
  ];
  if (token.changed) {
    const at = workingMoment(token.changed, seed, now);
    events.push(event(at, "token.updated", token.changed.by ?? token.issuer, changeOf(token, token.changed)));
  }
  if (deletedAt) events.push(event(deletedAt, "token.deleted", deleter, { name: token.name }));

  return {
    row: {
      organizationId,
      id,
      kind,
      prefix: tokenPrefix,
      name: token.name,
      description: token.description ?? null,
      issuerId: issuer.id,
      roleId,
      secretHash: hashToken(plain, peppers.current),
      pepperId: peppers.current.id,
      lastFour,
      state: tokenStatus({ deletedAt, expiresAt }, now),
      createdAt,
      expiresAt,
      deletedAt,
      deletedBy: deleter === null ? null : named(written.members, deleter, "member").id,
      lastUsedAt: history.lastUsed?.at ?? null,
      lastUsedIp: history.lastUsed?.ip ?? null,
      lastUsedAgent: history.lastUsed?.agent ?? null,
    } satisfies typeof apiTokens.$inferInsert,
    usage: history.usage.map((row) => ({ ...row, organizationId, tokenId: id })),
    callers: history.callers.map((row) => ({ ...row, organizationId, tokenId: id })),
    events,
  };
}

function expiryOf({ expires }: DemoToken, createdAt: Date, now: Date): Date | null {
  if (!expires) return null;
  return "after" in expires
    ? new Date(createdAt.getTime() + expires.after * DAY)
    : dayAhead(expires.in, createdAt, now);
}

function deletionOf({ deleted }: DemoToken, expiresAt: Date | null, seed: string, now: Date): Date | null {
  if (deleted !== "at_expiry") return deleted ? workingMoment(deleted, seed, now) : null;
  return expiresAt && new Date(expiresAt.getTime() + CLEARED_AFTER);
}

function changeOf(token: DemoToken, changed: NonNullable<DemoToken["changed"]>) {
  return {
    ...(changed.name === undefined ? {} : { name: { from: changed.name, to: token.name } }),
    ...(changed.description === undefined
      ? {}
      : { description: { from: changed.description, to: token.description ?? null } }),
  };
}

const earliest = (one: Date | null, other: Date | null) =>
  one && other ? (one < other ? one : other) : (one ?? other);

function outageOf({ outage }: DemoOrganizationPlan, now: Date): (hour: Date) => boolean {
  if (!outage) return () => false;
  const begin = daysAgo(outage.daysAgo, now).setUTCHours(outage.fromHour, 0, 0, 0);
  return (hour) => hour.getTime() >= begin && hour.getTime() < begin + outage.hours * 3_600_000;
}
