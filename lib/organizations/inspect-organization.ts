import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { accessRequests, auditEvents, members, organizations, users } from "@/db/schema";
import type { AuditAction } from "@/lib/audit/audit-sentence";
import type { Session } from "@/lib/auth/read-session";
import type { Context } from "@/lib/context";
import { type OrganizationRow, readOrganizations } from "./list-organizations";
import { assertOperator } from "./operator-proof";

/** Somebody who asks for tokens to be switched on. */
export interface AccessRequest {
  memberId: string;
  name: string;
  email: string | null;
  reason: string | null;
  createdAt: Date;
}

/** What happened to the organization itself. What its members and tokens do is not the operator's to read. */
export interface OrganizationEvent {
  at: Date;
  action: (typeof SHOWN)[number];
  /** Who did it: the operator's name where they did, null for the organization's own people. */
  by: string | null;
  plan: { from: string; to: string } | null;
  enabled: boolean | null;
  reason: string | null;
}

const SHOWN = [
  "organization.created",
  "organization.updated",
  "tokens.switched",
  "tokens.requested",
  "policy.updated",
] as const satisfies AuditAction[];

const EVENTS_SHOWN = 20;
const REQUESTS_SHOWN = 100;

/** One organization for the operator, with who asks for tokens and what was done; null where there is none. */
export async function inspectOrganization(
  operator: Session,
  id: string,
  ctx: Context,
): Promise<{ organization: OrganizationRow; requests: AccessRequest[]; events: OrganizationEvent[] } | null> {
  assertOperator(operator);
  const [organization] = await readOrganizations(ctx.db, eq(organizations.id, id), ctx.now);
  if (!organization) return null;
  const [requests, events] = await Promise.all([
    ctx.db
      .select({
        memberId: accessRequests.memberId,
        name: users.name,
        email: users.email,
        reason: accessRequests.reason,
        createdAt: accessRequests.createdAt,
      })
      .from(accessRequests)
      .innerJoin(
        members,
        and(eq(members.organizationId, accessRequests.organizationId), eq(members.id, accessRequests.memberId)),
      )
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(accessRequests.organizationId, id))
      .orderBy(asc(accessRequests.createdAt), asc(accessRequests.memberId))
      .limit(REQUESTS_SHOWN),
    ctx.db
      .select({
        at: auditEvents.at,
        action: auditEvents.action,
        details: auditEvents.details,
      })
      .from(auditEvents)
      .where(and(eq(auditEvents.organizationId, id), inArray(auditEvents.action, [...SHOWN])))
      .orderBy(desc(auditEvents.id))
      .limit(EVENTS_SHOWN),
  ]);
  return { organization, requests, events: events.map(eventOf) };
}

function eventOf({ at, action, details }: { at: Date; action: string; details: Details }) {
  const { by, plan, enabled, reason } = details;
  return {
    at,
    action: action as OrganizationEvent["action"],
    by: text(by),
    plan: isChange(plan) ? plan : null,
    enabled: action === "tokens.switched" && typeof enabled === "boolean" ? enabled : null,
    reason: action === "tokens.switched" ? text(reason) : null,
  };
}

type Details = Record<string, unknown>;

const text = (value: unknown) => (typeof value === "string" ? value : null);

const isChange = (value: unknown): value is { from: string; to: string } =>
  typeof value === "object" && value !== null && "from" in value && "to" in value;
