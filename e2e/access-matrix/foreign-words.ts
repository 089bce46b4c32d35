import type { Sql } from "postgres";
import type { House } from "./cast";

/** Something of the database that a text shows. */
interface Fact {
  what: "organization" | "member" | "token" | "other";
  organizationId: string | null;
  /** Of a token its issuer, of a member themselves. */
  memberId: string | null;
}

/** Whose eyes a text is for, and how far they reach. */
export interface Reader {
  house: House | null;
  memberId: string | null;
  userId: string | null;
  /** Every token of the organization, or the own ones. */
  seesAllTokens: boolean;
  /** Everybody of the organization, or themselves. */
  seesMembers: boolean;
  /** An organization that they may go to. */
  elsewhere?: string;
  /** The names and ids of all organizations, and nothing in them. */
  isOperator?: boolean;
  /** The addresses that messages go to. */
  readsAddresses?: boolean;
  /** The names, and nothing else, of colleagues who did something to a token of theirs. */
  isToldNames?: boolean;
}

/** The eyes of nobody: every word is foreign to them. */
export const STRANGER: Reader = {
  house: null,
  memberId: null,
  userId: null,
  seesAllTokens: false,
  seesMembers: false,
};

// Ids, addresses, and the names that the cast was given.
const WORDS =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9A-Za-z])[0-9A-Za-z]{12}(?![0-9A-Za-z])|[\w.+-]+@[\w-]+\.example|Canary \d+ (?:token [0-9a-f-]{36}|[A-Z]?[a-z]+)/g;

/** Finds what a text shows of organizations, people and tokens that its reader may not know of. */
export async function foreignWords(sql: Sql): Promise<(text: string, reader: Reader, asked: string) => string[]> {
  const facts = new Map<string, Fact & { userId?: string }>();
  const learn = (word: string | null, fact: Fact & { userId?: string }) => word && facts.set(word, fact);
  const organizations = await sql<{ id: string; name: string }[]>`select id, name from organizations`;
  for (const { id, name } of organizations) {
    for (const word of [id, name]) learn(word, { what: "organization", organizationId: id, memberId: null });
  }
  const things = await sql<{ id: string; organizationId: string }[]>`
    select id, organization_id as "organizationId" from roles
    union all select id, organization_id from groups
    union all select id, organization_id from audit_events`;
  for (const { id, organizationId } of things) learn(id, { what: "other", organizationId, memberId: null });
  const sessions = await sql<{ id: string; userId: string; organizationId: string | null }[]>`
    select id, user_id as "userId", organization_id as "organizationId" from sessions`;
  for (const { id, ...whose } of sessions) learn(id, { what: "other", memberId: null, ...whose });
  const people = await sql<
    { id: string; userId: string; email: string | null; name: string; organizationId: string }[]
  >`
    select m.id, m.user_id as "userId", u.email, u.name, m.organization_id as "organizationId"
    from members m join users u on u.id = m.user_id`;
  for (const { id, userId, email, name, organizationId } of people) {
    for (const word of [id, userId, email, name]) learn(word, { what: "member", organizationId, memberId: id, userId });
  }
  const tokens = await sql<{ id: string; memberId: string; organizationId: string }[]>`
    select id, issuer_id as "memberId", organization_id as "organizationId" from api_tokens`;
  for (const { id, memberId, organizationId } of tokens) learn(id, { what: "token", organizationId, memberId });
  const houses = new Map(
    organizations.flatMap(({ id, name }) => {
      const number = /^Canary (\d+)/.exec(name)?.[1];
      return number ? [[number, id] as const] : [];
    }),
  );

  /** A name of the cast tells by itself whose it is. */
  function byName(word: string): Fact | undefined {
    const [, number, rest = "", memberId = null] = /^Canary (\d+) (\S+)(?: (\S+))?/.exec(word) ?? [];
    if (!number) return undefined;
    const what = rest === "House" ? "organization" : memberId ? "token" : "other";
    return { what, organizationId: houses.get(number) ?? null, memberId };
  }

  function mayKnow(word: string, fact: Fact & { userId?: string }, reader: Reader): boolean {
    if (fact.userId !== undefined && fact.userId === reader.userId) return true;
    if (fact.what === "organization" && (reader.isOperator || fact.organizationId === reader.elsewhere)) return true;
    if (reader.readsAddresses && word.includes("@")) return true;
    if (reader.house === null || fact.organizationId !== reader.house.organizationId) return false;
    if (fact.what === "token") return reader.seesAllTokens || fact.memberId === reader.memberId;
    // A token is shown with its issuer.
    if (fact.what === "member" && reader.isToldNames && word.startsWith("Canary")) return true;
    if (fact.what === "member") return reader.seesMembers || reader.seesAllTokens || fact.memberId === reader.memberId;
    return true;
  }

  return (text, reader, asked) => {
    const foreign = new Set<string>();
    for (const [word] of text.matchAll(WORDS)) {
      const fact = facts.get(word) ?? byName(word);
      if (fact && !mayKnow(word, fact, reader) && !asked.includes(word)) foreign.add(word);
    }
    return [...foreign];
  };
}
