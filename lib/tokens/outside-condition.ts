import { type SQL, sql } from "drizzle-orm";
import { apiTokens, members, roles, users } from "@/db/schema";
import type { TokenRules } from "./load-rules";
import { statusCondition } from "./status-condition";
import { decideIssuer, type TokenPolicy } from "./token-policy";
import { DAY } from "./token-status";

/** The SQL side of `outsideReasons`: live tokens of one organization that lie outside its policy. */
export function outsideCondition(
  organizationId: string,
  { policy, organization }: Pick<TokenRules, "policy" | "organization">,
  now: Date,
): SQL {
  const differences = [
    policy.credential === "client" ? sql`${apiTokens.kind} not in ('cls', 'tmp')` : sql`${apiTokens.kind} = 'cls'`,
    policy.access === "assigned_role" ? sql`${apiTokens.roleId} is null` : sql`${apiTokens.roleId} is not null`,
    ...expiryDifferences(policy),
    ...descriptionDifferences(policy),
    ...issuerDifferences(organizationId, { policy, organization }),
  ];
  return sql`(${statusCondition("active", now)} and (${sql.join(differences, sql` or `)}))`;
}

function descriptionDifferences({ description, descriptionLength }: TokenPolicy): SQL[] {
  if (description === "hidden") return [];
  const missing = description === "required" ? [sql`coalesce(${apiTokens.description}, '') = ''`] : [];
  if (descriptionLength === null) return missing;
  return [...missing, sql`coalesce(char_length(${apiTokens.description}), 0) between 1 and ${descriptionLength - 1}`];
}

function expiryDifferences({ expiry, expiryDays }: TokenPolicy): SQL[] {
  if (expiry === "never") return [];
  const missing = expiry === "optional" && expiryDays === null ? [] : [sql`${apiTokens.expiresAt} is null`];
  // A fixed length without days would be none, as `decideExpiry` has it.
  const days = expiryDays ?? (expiry === "fixed" ? 0 : null);
  if (days === null) return missing;
  const life = sql`make_interval(secs => ${(days * DAY) / 1000})`;
  return [
    ...missing,
    sql`${apiTokens.expiresAt} > coalesce(${apiTokens.expirySetAt}, ${apiTokens.createdAt}) + ${life}`,
  ];
}

/** Members whose role may not create tokens. Which permission that takes is asked of the rule itself. */
function issuerDifferences(
  organizationId: string,
  { policy, organization }: Pick<TokenRules, "policy" | "organization">,
): SQL[] {
  const decide = (...held: string[]) =>
    decideIssuer({ kind: "member", permissions: new Set(held) }, policy, { ...organization, tokensEnabled: true });
  if (decide() === null) return [];
  const needed = (["tokens:create", "organization:manage"] as const).filter((one) => decide(one) === null);
  // One array, so that it is found once and not for every row.
  return [
    sql`${apiTokens.issuerId} = any(array(select issuer.id from ${members} issuer
      join ${users} person on person.id = issuer.user_id
      join ${roles} held on held.organization_id = issuer.organization_id and held.id = issuer.role_id
      where issuer.organization_id = ${organizationId} and person.kind = 'person'
        and not held.permissions && array[${sql.join(
          needed.map((one) => sql`${one}`),
          sql`, `,
        )}]::text[]))`,
  ];
}
