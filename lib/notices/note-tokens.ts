import { sql } from "drizzle-orm";
import { v7 as uuidv7 } from "uuid";
import type { Tx } from "@/db/client";
import { members, notifications, users } from "@/db/schema";
import { type NewMail, writeMail } from "@/lib/mail/write-mail";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import { publicIdOf, type TokenKind } from "@/lib/tokens/token-secret";
import { isWanted, type TokenEventKind, type TokenNoteManner } from "./notice-events";
import { loadNoticeRules } from "./notice-rules";
import { toldMembers } from "./told-members";

export interface TokenNote {
  event: TokenEventKind;
  how?: TokenNoteManner;
  organizationId: string;
  tokens: readonly {
    id: string;
    name: string;
    kind: TokenKind;
    prefix: string;
    issuerId: string;
    expiresAt: Date | null;
    lastUsedAt?: Date | null;
  }[];
  /** The address from which an old secret was presented. */
  from?: string | null;
  /** Who did it; null where the system did, by the policy. */
  by: { memberId: string | null; name: string } | null;
}

interface Receiver extends Record<string, unknown> {
  issuer_id: string;
  member_id: string;
  name: string;
  email: string;
  portal: "console" | "hub";
  issuer: string;
  issuer_kind: "person" | "service";
}

/** Rows of one statement. */
const CHUNK = 1000;
/** Tokens that a notification names of those that were deleted together, and its mail; the count tells of the rest. */
const NAMED = { inApp: 5, byMail: 20 };

/**
 * Tells whoever a token belongs to what was done with it, in the transaction that does it: the issuer, or those who answer
 * for the service account. Of what one does oneself there is a mail where the policy asks for one, and of one's own deletion
 * nothing else; what somebody else does, one is always told. Of a leak the administrators hear too who see the token. Of
 * several that are deleted together each hears once. What one did oneself is there to be looked up, and read already.
 */
export async function noteTokens(
  tx: Tx,
  { event, how, organizationId, tokens, from, by }: TokenNote,
  { policy, now }: { policy: Pick<TokenPolicy, "mailOnCreate" | "mailOnDelete">; now: Date },
): Promise<void> {
  if (tokens.length === 0) return;
  const issuers = [...new Set(tokens.map(({ issuerId }) => issuerId))];
  const told = toldMembers(
    organizationId,
    sql`select unnest(${sql.param(issuers)}::uuid[])`,
    event === "token_leaked" ? sql`true` : sql`false`,
  );
  const receivers = await tx.execute<Receiver>(sql`
    select told.issuer_id, told.member_id, ${users.name}, ${users.email}, ${members.portal},
      issuer.name as issuer, issuer.kind as issuer_kind
    from ${told} told
    join ${members} issuing on issuing.organization_id = ${organizationId} and issuing.id = told.issuer_id
    join ${users} issuer on issuer.id = issuing.user_id
    join ${members} on ${members.organizationId} = ${organizationId} and ${members.id} = told.member_id
    join ${users} on ${users.id} = ${members.userId}
    order by told.issuer_id, told.member_id`);
  if (receivers.length === 0) return;
  const rules = await loadNoticeRules(tx, organizationId, [...new Set(receivers.map(({ member_id }) => member_id))]);
  const askedByPolicy = event === "token_created" ? policy.mailOnCreate : policy.mailOnDelete;

  const rows: (typeof notifications.$inferInsert)[] = [];
  const mails: NewMail[] = [];
  for (const [memberId, theirs] of tokensByMember(tokens, receivers)) {
    const byOneself = by?.memberId === memberId;
    const choices = { ...rules.choicesOf(memberId), byOneself: byOneself || by === null };
    const isSilent = event === "token_deleted" && byOneself;
    const inApp = !isSilent && isWanted(event, "in_app", choices);
    const bySomebodyElse = by !== null && !byOneself;
    const byMail = (askedByPolicy || bySomebodyElse || event === "token_leaked") && isWanted(event, "email", choices);
    if (!inApp && !byMail) continue;
    const act = { event, manner: how ? { how } : {}, from, by: by?.name ?? null, byOneself, at: now };
    const [{ receiver }] = theirs;
    const isOne = theirs.length === 1 || event !== "token_deleted";
    for (const { details, content } of isOne ? theirs.map((one) => tellOne(one, act)) : [tellTogether(theirs, act)]) {
      rows.push({
        organizationId,
        id: uuidv7(),
        memberId,
        event,
        inApp,
        at: now,
        readAt: byOneself ? now : null,
        details,
      });
      if (!byMail) continue;
      mails.push({
        organizationId,
        memberId,
        toName: receiver.name,
        toAddress: receiver.email,
        content: { organization: rules.organization, portal: receiver.portal, ...content },
      });
    }
  }
  for (let at = 0; at < rows.length; at += CHUNK) await tx.insert(notifications).values(rows.slice(at, at + CHUNK));
  await writeMail(tx, mails, now);
}

interface Theirs {
  token: TokenNote["tokens"][number];
  receiver: Receiver;
}

interface Act {
  event: TokenEventKind;
  manner: { how?: TokenNoteManner };
  from: string | null | undefined;
  by: string | null;
  byOneself: boolean;
  at: Date;
}

/** What each is to be told of, in the order of the tokens. */
function tokensByMember(
  tokens: TokenNote["tokens"],
  receivers: readonly Receiver[],
): Map<string, [Theirs, ...Theirs[]]> {
  const byIssuer = new Map<string, Receiver[]>();
  for (const receiver of receivers) {
    byIssuer.set(receiver.issuer_id, [...(byIssuer.get(receiver.issuer_id) ?? []), receiver]);
  }
  const byMember = new Map<string, [Theirs, ...Theirs[]]>();
  for (const token of tokens) {
    for (const receiver of byIssuer.get(token.issuerId) ?? []) {
      const theirs = byMember.get(receiver.member_id);
      if (theirs) theirs.push({ token, receiver });
      else byMember.set(receiver.member_id, [{ token, receiver }]);
    }
  }
  return byMember;
}

const named = (token: Theirs["token"]) => ({ id: token.id, name: token.name, masked: publicIdOf(token) });

function tellOne({ token, receiver }: Theirs, { event, manner, from, by, byOneself, at }: Act) {
  const shared = {
    ...manner,
    ...(from ? { from } : {}),
    by,
    issuedFor: receiver.issuer_kind === "service" ? receiver.issuer : null,
    issuedBy: receiver.issuer_kind === "person" && receiver.issuer_id !== receiver.member_id ? receiver.issuer : null,
  };
  const expiresAt = token.expiresAt?.toISOString() ?? null;
  const lastUsedAt = token.lastUsedAt?.toISOString() ?? null;
  return {
    details: { kind: "token" as const, ...shared, ...(byOneself ? { isOwn: true } : {}), token: named(token) },
    content: { kind: event, ...shared, token: { ...named(token), expiresAt, lastUsedAt }, at: at.toISOString() },
  };
}

function tellTogether(theirs: readonly Theirs[], { manner, by, at }: Act) {
  const shared = { ...manner, count: theirs.length, by };
  const first = (most: number) => theirs.slice(0, most);
  const tokens = first(NAMED.inApp).map(({ token }) => named(token));
  const listed = first(NAMED.byMail).map(({ token, receiver }) => ({ ...named(token), issuedBy: receiver.issuer }));
  return {
    details: { kind: "deleted" as const, ...shared, tokens },
    content: { kind: "token_deleted" as const, ...shared, tokens: listed, at: at.toISOString() },
  };
}
