import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { members, type outbox } from "@/db/schema";
import { isWanted } from "@/lib/notices/notice-events";
import { loadNoticeRules } from "@/lib/notices/notice-rules";
import { readExpiringTokens } from "@/lib/notices/read-expiring-tokens";
import { readInactiveTokens } from "@/lib/notices/read-inactive-tokens";
import type { RenderedMail } from "./mail-content";
import { renderMail } from "./render-mail";

/** Tokens that a digest names one by one. */
const NAMED = 20;

/**
 * What a message is to say, as of its first attempt, or why nothing: it is over, since its tokens are gone, got another
 * expiry or were used, or the receiver is no active member any more; or they do not want such messages any more.
 */
export async function prepareMail(
  db: Db,
  { organizationId, memberId, content }: Pick<typeof outbox.$inferSelect, "organizationId" | "memberId" | "content">,
  { publicUrl, now }: { publicUrl: string; now: Date },
): Promise<RenderedMail | "over" | "not_wanted"> {
  const place = { publicUrl, organizationId, now };
  const [member] = await db
    .select({ one: sql`1` })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.id, memberId), eq(members.status, "active")));
  if (!member) return "over";
  // What somebody did is told as it was when they did it; what nobody did, as the receiver wants it now.
  if (!("by" in content && content.by !== null)) {
    const choices = (await loadNoticeRules(db, organizationId, [memberId])).choicesOf(memberId);
    if (!isWanted(content.kind, "email", { ...choices, byOneself: true })) return "not_wanted";
  }
  if (content.kind === "token_inactive") {
    const { kind, organization, portal, noticedAt } = content;
    const receiver = { organizationId, memberId, noticedAt: new Date(noticedAt), most: NAMED };
    const unused = await readInactiveTokens(db, receiver, now);
    return unused.count === 0 ? "over" : renderMail({ kind, organization, portal, ...unused }, place);
  }
  if (content.kind !== "token_expiring") return renderMail(content, place);
  const { organization, portal, notificationId } = content;
  const told = await readExpiringTokens(db, { organizationId, notificationId, most: NAMED }, now);
  if (told.count === 0) return "over";
  return renderMail({ kind: "token_expiring", organization, portal, ...told }, place);
}
