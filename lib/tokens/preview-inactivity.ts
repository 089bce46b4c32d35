import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { TokenRules } from "./load-rules";
import { visibleCondition } from "./read-tokens";
import { readNoticed, readUnused } from "./read-unused";
import { decideInactivity, foreseeDeletion, type InactivityRule, noticeStands } from "./token-inactivity";
import type { TokenPolicy } from "./token-policy";
import { maskToken, type TokenKind } from "./token-secret";

const NAMED = 50;

/** A token of which is told that it will be deleted. */
interface ToldToken {
  id: string;
  name: string;
  masked: string;
  issuedBy: string;
  lastUsedAt: Date | null;
}

/** What a changed rule for unused tokens does to those that there are. */
export interface InactivityPreview {
  /** The days that it would have; null where it is switched off. */
  inactiveDays: number | null;
  /** Of how many people are told at once that they will be deleted. */
  told: number;
  /** The first fifty of those that the actor sees, the longest unused first. */
  tokens: ToldToken[];
  /** Of `told`, what the policy of now hides from the actor. */
  hidden: number;
  /** How many standing notices are taken back. */
  takenBack: number;
  /** When the first is deleted if nobody uses any from now on; null where none ever would be. */
  firstAt: Date | null;
}

/** Null where the rule stays as it is. By the functions that decide about tokens, of every token that is judged. */
export async function previewInactivity(
  db: Db,
  actor: Actor,
  { from, to }: { from: TokenRules; to: Pick<TokenPolicy, "inactiveDays"> },
  now: Date,
): Promise<InactivityPreview | null> {
  const { inactiveDays } = to;
  const { organizationId } = actor;
  if (inactiveDays === from.policy.inactiveDays) return null;
  const noticed = await readNoticed(db, organizationId, {}, now);
  if (inactiveDays === null) {
    return { inactiveDays, told: 0, tokens: [], hidden: 0, takenBack: noticed.length, firstAt: null };
  }

  const rule: InactivityRule = { inactiveDays, since: from.inactivity?.since ?? now };
  const standing = noticed.filter(({ notice, ...token }) => noticeStands(token, notice, rule));
  const kept = new Set(standing.map(({ id }) => id));
  const others = (await readUnused(db, organizationId, now)).filter(({ id }) => !kept.has(id));
  const steps = others.map((token) => ({ token, step: decideInactivity(token, null, rule, now) }));
  const goesOut = steps.some(({ step }) => step.kind === "tell" && !step.early);
  const told = goesOut ? steps.filter(({ step }) => step.kind === "tell").map(({ token }) => token.id) : [];
  const moments = [
    ...standing.map(({ notice }) => notice.dueAt),
    ...others.flatMap((token) => foreseeDeletion(token, rule, now) ?? []),
  ];
  return {
    inactiveDays,
    told: told.length,
    ...(await readTold(db, actor, from.policy, told)),
    takenBack: noticed.length - standing.length,
    firstAt: moments.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null),
  };
}

async function readTold(
  db: Db,
  actor: Actor,
  policy: TokenPolicy,
  ids: string[],
): Promise<Pick<InactivityPreview, "tokens" | "hidden">> {
  if (ids.length === 0) return { tokens: [], hidden: 0 };
  interface Row extends Record<string, unknown> {
    id: string;
    kind: TokenKind;
    prefix: string;
    name: string;
    issued_by: string;
    used_at: string | null;
    seen: number;
  }
  const rows = await db.execute<Row>(sql`
    select ${apiTokens.id}, ${apiTokens.kind}, ${apiTokens.prefix}, ${apiTokens.name}, issuer.name as issued_by,
      ${apiTokens.lastUsedAt} as used_at, (count(*) over ())::int as seen
    from ${apiTokens}
    join ${members} member on member.organization_id = ${apiTokens.organizationId} and member.id = ${apiTokens.issuerId}
    join ${users} issuer on issuer.id = member.user_id
    where ${visibleCondition(actor, policy)} and ${apiTokens.id} = any(${`{${ids.join()}}`}::text[])
    order by coalesce(${apiTokens.lastUsedAt}, ${apiTokens.createdAt}), ${apiTokens.id} limit ${NAMED}`);
  return {
    tokens: rows.map((row) => ({
      id: row.id,
      name: row.name,
      masked: maskToken(row),
      issuedBy: row.issued_by,
      lastUsedAt: row.used_at === null ? null : new Date(row.used_at),
    })),
    hidden: ids.length - (rows[0]?.seen ?? 0),
  };
}
