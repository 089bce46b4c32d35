import { and, eq } from "drizzle-orm";
import { noticeDefaults, noticePreferences } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import {
  isMandatory,
  isWanted,
  NOTICE_CHANNELS,
  NOTICE_EVENTS,
  type NoticeChannel,
  type NoticeEvent,
} from "./notice-events";
import type { NoticeChoiceInput } from "./notice-input";
import { loadNoticeRules } from "./notice-rules";

/** One box of the matrix of event and channel. */
export interface NoticeBox {
  channel: NoticeChannel;
  enabled: boolean;
  /** Null where the person, or the organization, has chosen nothing. */
  chosen: boolean | null;
}

export interface NoticeLine {
  event: NoticeEvent;
  /** `partly`: what somebody else does is always told; what one does oneself is a choice. */
  mandatory: "yes" | "partly" | "no";
  channels: NoticeBox[];
}

const mandatoryOf = (event: NoticeEvent): NoticeLine["mandatory"] => {
  if (!isMandatory(event, { byOneself: false })) return "no";
  return isMandatory(event, { byOneself: true }) ? "yes" : "partly";
};

/** *Profile > Notifications*: what the person is told of, and how. */
export async function viewNoticePreferences(actor: MemberActor, ctx: Context): Promise<NoticeLine[]> {
  const rules = await loadNoticeRules(ctx.db, actor.organizationId, [actor.memberId]);
  const choices = rules.choicesOf(actor.memberId);
  return lines((event, channel) => ({
    enabled: isWanted(event, channel, { ...choices, byOneself: true }),
    chosen: choices.own[event]?.[channel] ?? null,
  }));
}

/** What members are told of who have chosen nothing, for the administrator. */
export async function viewNoticeDefaults(actor: MemberActor, ctx: Context): Promise<Outcome<NoticeLine[]>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organization } = (await loadNoticeRules(ctx.db, actor.organizationId, [])).choicesOf("");
  return done(
    lines((event, channel) => ({
      enabled: isWanted(event, channel, { own: {}, organization, byOneself: true }),
      chosen: organization[event]?.[channel] ?? null,
    })),
  );
}

const lines = (box: (event: NoticeEvent, channel: NoticeChannel) => Omit<NoticeBox, "channel">): NoticeLine[] =>
  NOTICE_EVENTS.map((event) => ({
    event,
    mandatory: mandatoryOf(event),
    channels: NOTICE_CHANNELS.map((channel) => ({ channel, ...box(event, channel) })),
  }));

/** Ticks a box for oneself, or leaves it to the organization. */
export async function chooseNotice(
  actor: MemberActor,
  { event, channel, enabled }: NoticeChoiceInput,
  ctx: Context,
): Promise<Outcome<{ enabled: boolean | null }>> {
  if (isMandatory(event, { byOneself: true })) return refused("notice_mandatory");
  const { organizationId, memberId } = actor;
  if (enabled === null) {
    await ctx.db
      .delete(noticePreferences)
      .where(
        and(
          eq(noticePreferences.organizationId, organizationId),
          eq(noticePreferences.memberId, memberId),
          eq(noticePreferences.event, event),
          eq(noticePreferences.channel, channel),
        ),
      );
    return done({ enabled });
  }
  await ctx.db
    .insert(noticePreferences)
    .values({ organizationId, memberId, event, channel, enabled })
    .onConflictDoUpdate({
      target: [
        noticePreferences.organizationId,
        noticePreferences.memberId,
        noticePreferences.event,
        noticePreferences.channel,
      ],
      set: { enabled },
    });
  return done({ enabled });
}

/** Ticks a box for all members who have not ticked it themselves. */
export async function chooseDefaultNotice(
  actor: MemberActor,
  { event, channel, enabled }: NoticeChoiceInput,
  ctx: Context,
): Promise<Outcome<{ enabled: boolean | null }>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  if (isMandatory(event, { byOneself: true })) return refused("notice_mandatory");
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    const one = and(
      eq(noticeDefaults.organizationId, organizationId),
      eq(noticeDefaults.event, event),
      eq(noticeDefaults.channel, channel),
    );
    const [was] = await tx.select({ enabled: noticeDefaults.enabled }).from(noticeDefaults).where(one).for("update");
    if ((was?.enabled ?? null) === enabled) return done({ enabled });
    if (enabled === null) await tx.delete(noticeDefaults).where(one);
    else {
      await tx
        .insert(noticeDefaults)
        .values({ organizationId, event, channel, enabled })
        .onConflictDoUpdate({
          target: [noticeDefaults.organizationId, noticeDefaults.event, noticeDefaults.channel],
          set: { enabled },
        });
    }
    await recordAudit(
      tx,
      actor,
      {
        organizationId,
        action: "notices.updated",
        subject: { kind: "organization", id: organizationId },
        details: { event, channel, from: was?.enabled ?? null, to: enabled },
      },
      ctx,
    );
    return done({ enabled });
  });
}
