import { and, eq, type SQLWrapper, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Permission } from "@/lib/access/permission";
import type { Context } from "@/lib/context";
import { accountsOf, withinSight } from "@/lib/members/visible-members";
import type { Refusal } from "@/lib/refusal";
import { countLiveTokens, isLive } from "./live-tokens";
import type { TokenRules } from "./load-rules";
import { type AskedAccount, decideAccount, decideIssuer, decideLimits } from "./token-policy";

/** A service account in *Issued for*. */
export interface AccountChoice {
  id: string;
  name: string;
  role: string;
  /** What it may do at most, and so what a token of it may. */
  permissions: string[];
  /** Why no token can be created for it now; null where one can. */
  refusal: Refusal | null;
}

function selectAccounts(db: Db, actor: Actor) {
  return db
    .select({
      id: members.id,
      name: users.name,
      role: roles.name,
      permissions: roles.permissions,
      isActive: sql<boolean>`${members.status} = 'active'`,
      answersFor: sql<boolean>`${members.id} in ${accountsOf(actor)}`,
      withinSight: withinSight(actor, sql`${members.id}`),
    })
    .from(members)
    .innerJoin(users, and(eq(users.id, members.userId), eq(users.kind, "service")))
    .innerJoin(roles, and(eq(roles.organizationId, members.organizationId), eq(roles.id, members.roleId)));
}

/** A service account of the actor's organization as its tokens are decided by; null where there is none of that id. */
export async function loadAccount(db: Db, actor: Actor, id: string): Promise<(AskedAccount & { name: string }) | null> {
  const [account] = await selectAccounts(db, actor).where(
    and(eq(members.organizationId, actor.organizationId), eq(members.id, id)),
  );
  return account ?? null;
}

/** The active service accounts that the actor answers for; or this one alone, whoever answers for it. */
export async function accountChoices(
  actor: Actor,
  { policy, organization }: TokenRules,
  ctx: Context,
  only?: string,
): Promise<AccountChoice[]> {
  if (decideIssuer(actor, policy, organization)) return [];
  const chosen = (id: SQLWrapper) => (only ? sql`${id} = ${only}` : sql`${id} in ${accountsOf(actor)}`);
  const [accounts, counts, total] = await Promise.all([
    selectAccounts(ctx.db, actor)
      .where(and(eq(members.organizationId, actor.organizationId), eq(members.status, "active"), chosen(members.id)))
      .orderBy(sql`lower(${users.name})`)
      .limit(200),
    ctx.db
      .select({ id: apiTokens.issuerId, live: sql<number>`count(*)::int` })
      .from(apiTokens)
      .where(
        sql`${apiTokens.organizationId} = ${actor.organizationId} and ${chosen(apiTokens.issuerId)}
          and ${isLive(ctx.now)}`,
      )
      .groupBy(apiTokens.issuerId),
    countLiveTokens(ctx.db, actor, ctx.now),
  ]);
  const live = new Map(counts.map(({ id, live }) => [id, live]));
  return accounts.map(({ id, name, role, permissions, ...facts }) => {
    const counted = { organization: total.organization, issuer: live.get(id) ?? 0 };
    const account = { ...facts, permissions: permissions as Permission[] };
    const refusal = decideAccount(actor, policy, account) ?? decideLimits(policy, counted);
    return { id, name, role, permissions, refusal };
  });
}
