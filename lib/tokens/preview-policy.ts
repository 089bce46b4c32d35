import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiTokens, members, users } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { loadRules } from "./load-rules";
import { type InactivityPreview, previewInactivity } from "./preview-inactivity";
import { readFates } from "./read-fates";
import { readShutOut, type ShutOut } from "./read-shut-out";
import { readSlowed, type Slowed } from "./read-slowed";
import { countFates, type FateCounts, type FatedToken } from "./token-fates";
import type { ListedFate, PreviewPolicyInput } from "./token-policy-input";
import type { Person } from "./token-row";
import { maskToken } from "./token-secret";

/** Tokens on one page of the list; people who are named. */
const PAGE = 50;
const NAMED = 20;

/** A token in the list of a preview. */
export type PreviewedToken = Pick<FatedToken, "id" | "reasons" | "lost"> & {
  name: string;
  masked: string;
  issuedBy: Person;
};

export interface PolicyPreview extends Omit<FateCounts, "issuers" | "issuersBeyond"> {
  /** Of the policy that the new one was compared with. */
  version: number;
  /** The first twenty of `count`. */
  issuers: { people: (Person & FateCounts["issuers"][number])[]; count: number };
  issuersBeyond: { people: (Person & FateCounts["issuersBeyond"][number])[]; count: number };
  /** Whom the new networks would refuse where they are used now; null where they do not change or refuse nobody. */
  shutOut: ShutOut | null;
  /** Whom lower limits on calls would slow down; null where none becomes lower. */
  slowed: Slowed | null;
  /** What the rule for unused tokens would do; null where it stays as it is. */
  inactivity: InactivityPreview | null;
  /** Tokens were bound to networks, and would not be. */
  freed: boolean;
  list: {
    fate: ListedFate;
    rows: PreviewedToken[];
    /** Of this fate, what the policy of now hides from the person who asks: counted, never listed. */
    hidden: number;
    nextOffset: number | null;
  } | null;
}

/**
 * What saving this policy would do to every token of the organization, one by one, by the very functions that decide about
 * tokens; nothing is changed. The numbers are of all tokens, the list only of those that the actor sees.
 */
export async function previewPolicy(
  actor: Actor,
  { policy, list }: PreviewPolicyInput,
  ctx: Context,
): Promise<Outcome<PolicyPreview>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const rules = await loadRules(ctx.db, actor.organizationId);
  const tokens = await readFates(
    ctx.db,
    actor,
    { from: rules.policy, to: policy, organization: rules.organization },
    ctx.now,
  );
  const { issuers, issuersBeyond, ...counts } = countFates(tokens, policy);
  const [first, beyond] = [issuers.slice(0, NAMED), issuersBeyond.slice(0, NAMED)];
  const people = await readPeople(ctx.db, actor.organizationId, [...first, ...beyond]);
  const named = <One extends { id: string }>(some: One[]) =>
    some.flatMap((one) => {
      const person = people.get(one.id);
      return person ? [{ ...person, ...one }] : [];
    });
  return done({
    version: rules.policy.version,
    ...counts,
    issuers: { people: named(first), count: issuers.length },
    issuersBeyond: { people: named(beyond), count: issuersBeyond.length },
    shutOut: await readShutOut(ctx.db, actor, { from: rules.policy, to: policy }, ctx.now),
    slowed: await readSlowed(ctx.db, actor.organizationId, { from: rules.policy, to: policy }, ctx.now),
    inactivity: await previewInactivity(ctx.db, actor, { from: rules, to: policy }, ctx.now),
    freed: rules.policy.allowedNetworks.length > 0 && policy.allowedNetworks.length === 0,
    list: list && (await readList(ctx.db, actor.organizationId, tokens, list)),
  });
}

async function readPeople(db: Db, organizationId: string, some: { id: string }[]): Promise<Map<string, Person>> {
  if (some.length === 0) return new Map();
  const found = await db
    .select({ id: members.id, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.organizationId, organizationId),
        inArray(
          members.id,
          some.map(({ id }) => id),
        ),
      ),
    );
  return new Map(found.map((person) => [person.id, person]));
}

async function readList(
  db: Db,
  organizationId: string,
  tokens: FatedToken[],
  { fate, offset }: NonNullable<PreviewPolicyInput["list"]>,
): Promise<PolicyPreview["list"]> {
  const all = tokens.filter((token) => token.fate === fate);
  const seen = all.filter((token) => token.seen);
  const page = seen.slice(offset, offset + PAGE);
  const found = page.length === 0 ? [] : await readNames(db, organizationId, page);
  const byId = new Map(found.map((row) => [row.id, row]));
  return {
    fate,
    rows: page.flatMap(({ id, reasons, lost }) => {
      const row = byId.get(id);
      return row ? [{ id, reasons, lost, name: row.name, masked: maskToken(row), issuedBy: row.issuedBy }] : [];
    }),
    hidden: all.length - seen.length,
    nextOffset: offset + PAGE < seen.length ? offset + PAGE : null,
  };
}

const readNames = (db: Db, organizationId: string, page: FatedToken[]) =>
  db
    .select({
      id: apiTokens.id,
      kind: apiTokens.kind,
      prefix: apiTokens.prefix,
      name: apiTokens.name,
      issuedBy: { id: members.id, name: users.name, email: users.email },
    })
    .from(apiTokens)
    .innerJoin(members, and(eq(members.organizationId, apiTokens.organizationId), eq(members.id, apiTokens.issuerId)))
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(apiTokens.organizationId, organizationId),
        inArray(
          apiTokens.id,
          page.map(({ id }) => id),
        ),
      ),
    );
