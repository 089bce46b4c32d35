import { sql } from "drizzle-orm";
import { apiTokens, members, roles, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { TokenRules } from "./load-rules";
import { outsideCondition } from "./outside-condition";
import { visibleCondition } from "./read-tokens";
import { statusCondition } from "./status-condition";
import type { TokenFacets } from "./token-row";
import { TOKEN_STATUSES, type TokenStatus } from "./token-status";

interface Counted extends Record<string, unknown> {
  issuer_id: string;
  issuer_name: string;
  issuer_email: string | null;
  role_id: string | null;
  role_name: string | null;
  status: TokenStatus;
  count: number;
  outside: number;
}

/** The choices of each filter, with how many of the tokens that the actor sees each stands for. */
export async function countTokenFacets(actor: Actor, rules: TokenRules, ctx: Context): Promise<TokenFacets> {
  const status = sql`case when ${statusCondition("deleted", ctx.now)} then 'deleted'
    when ${statusCondition("expired", ctx.now)} then 'expired' else 'active' end`;
  const outside = outsideCondition(actor.organizationId, rules, ctx.now);
  const groups = await ctx.db.execute<Counted>(sql`
    with counted as (
      select ${apiTokens.issuerId} as issuer_id, ${apiTokens.roleId} as role_id, ${status} as status, count(*)::int as count,
        (count(*) filter (where ${outside}))::int as outside
      from ${apiTokens} where ${visibleCondition(actor, rules.policy)} group by 1, 2, 3
    )
    select counted.*, issuer.name as issuer_name, issuer.email as issuer_email, role.name as role_name
    from counted
    join ${members} member on member.organization_id = ${actor.organizationId} and member.id = counted.issuer_id
    join ${users} issuer on issuer.id = member.user_id
    left join ${roles} role on role.organization_id = ${actor.organizationId} and role.id = counted.role_id`);

  const issuedBy = new Map<string, TokenFacets["issuedBy"][number]>();
  const role = new Map<string, TokenFacets["role"][number]>();
  const byStatus = Object.fromEntries(TOKEN_STATUSES.map((name) => [name, 0])) as TokenFacets["status"];
  let outsidePolicy = 0;
  for (const group of groups) {
    outsidePolicy += group.outside;
    byStatus[group.status] += group.count;
    const issuer = issuedBy.get(group.issuer_id) ?? {
      id: group.issuer_id,
      name: group.issuer_name,
      email: group.issuer_email,
      count: 0,
    };
    issuedBy.set(issuer.id, { ...issuer, count: issuer.count + group.count });
    const key = group.role_id ?? "none";
    const entry = role.get(key) ?? { id: key, name: group.role_name ?? "As its issuer", count: 0 };
    role.set(key, { ...entry, count: entry.count + group.count });
  }
  const byCount = (a: { count: number; name: string }, b: { count: number; name: string }) =>
    b.count - a.count || a.name.localeCompare(b.name);
  return {
    issuedBy: [...issuedBy.values()].sort(byCount),
    role: [...role.values()].sort(byCount),
    status: byStatus,
    outsidePolicy,
  };
}
