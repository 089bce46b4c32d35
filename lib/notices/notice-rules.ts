import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { noticeDefaults, noticePreferences, organizations, tokenPolicies } from "@/db/schema";
import type { Preset } from "@/lib/tokens/token-presets";
import type { NoticeChannel, NoticeChoices, NoticeEvent } from "./notice-events";
import type { NoticeRule } from "./notice-words";

/** What an organization and its members want to be told of. */
export interface NoticeRules {
  organization: { name: string; preset: Preset };
  policy: NoticeRule;
  choicesOf(memberId: string): { own: NoticeChoices; organization: NoticeChoices };
}

export async function loadNoticeRules(
  db: Db,
  organizationId: string,
  memberIds: readonly string[],
): Promise<NoticeRules> {
  const [found] = await db
    .select({
      name: organizations.name,
      preset: tokenPolicies.preset,
      noticeDays: tokenPolicies.noticeDays,
      expiry: tokenPolicies.expiry,
      inactiveDays: tokenPolicies.inactiveDays,
    })
    .from(organizations)
    .innerJoin(tokenPolicies, eq(tokenPolicies.organizationId, organizations.id))
    .where(eq(organizations.id, organizationId));
  if (!found) throw new Error(`organization ${organizationId} has no token policy`);
  const defaults = await db.select().from(noticeDefaults).where(eq(noticeDefaults.organizationId, organizationId));
  const own =
    memberIds.length === 0
      ? []
      : await db
          .select()
          .from(noticePreferences)
          .where(
            and(
              eq(noticePreferences.organizationId, organizationId),
              inArray(noticePreferences.memberId, [...memberIds]),
            ),
          );
  const byMember = new Map<string, Choice[]>();
  for (const { memberId, ...choice } of own) byMember.set(memberId, [...(byMember.get(memberId) ?? []), choice]);
  const shared = choices(defaults);
  const { name, preset, expiry, ...policy } = found;
  return {
    organization: { name, preset },
    policy: { ...policy, expires: expiry !== "never" },
    choicesOf: (memberId) => ({ own: choices(byMember.get(memberId) ?? []), organization: shared }),
  };
}

type Choice = { event: NoticeEvent; channel: NoticeChannel; enabled: boolean };

function choices(rows: readonly Choice[]): NoticeChoices {
  const all: NoticeChoices = {};
  for (const { event, channel, enabled } of rows) {
    all[event] = { ...all[event], [channel]: enabled };
  }
  return all;
}
