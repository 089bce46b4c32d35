import { and, eq } from "drizzle-orm";
import { members, noticeDefaults, noticePreferences } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { decidePermission } from "@/lib/access/decide-permission";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Context } from "@/lib/context";
import { done, type Outcome, refused } from "@/lib/refusal";
import { lockTokenRules } from "@/lib/tokens/lock-token-rules";
import {
  isMandatory,
  isWanted,
  NOTICE_CHANNELS,
  NOTICE_EVENTS,
  type NoticeChannel,
  type NoticeEvent,
} from "./notice-events";
import type { NoticeChangesInput } from "./notice-input";
import { loadNoticeRules } from "./notice-rules";
import type { NoticeRule } from "./notice-words";

/** One box of the matrix of event and channel. */
export interface NoticeBox {
  channel: NoticeChannel;
  enabled: boolean;
  /** Null where the person, or the organization, has chosen nothing. */
  chosen: boolean | null;
  /** What holds where they have not: the organization's choice, or Latchkey's. */
  standard: boolean;
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

/** The matrix, and what the token policy says of when something is told. */
export interface NoticeMatrix {
  lines: NoticeLine[];
  policy: NoticeRule;
}

/** *Profile > Notifications*: what the person is told of, and how. */
export async function viewNoticePreferences(actor: MemberActor, ctx: Context): Promise<NoticeMatrix> {
  const rules = await loadNoticeRules(ctx.db, actor.organizationId, [actor.memberId]);
  const choices = rules.choicesOf(actor.memberId);
  const lines = linesOf((event, channel) => ({
    enabled: isWanted(event, channel, { ...choices, byOneself: true }),
    chosen: choices.own[event]?.[channel] ?? null,
    standard: isWanted(event, channel, { ...choices, own: {}, byOneself: true }),
  }));
  return { lines, policy: rules.policy };
}

/** What members are told of who have chosen nothing, for the administrator. */
export async function viewNoticeDefaults(actor: MemberActor, ctx: Context): Promise<Outcome<NoticeMatrix>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const rules = await loadNoticeRules(ctx.db, actor.organizationId, []);
  const { organization } = rules.choicesOf("");
  const lines = linesOf((event, channel) => ({
    enabled: isWanted(event, channel, { own: {}, organization, byOneself: true }),
    chosen: organization[event]?.[channel] ?? null,
    standard: isWanted(event, channel, { own: {}, organization: {}, byOneself: true }),
  }));
  return done({ lines, policy: rules.policy });
}

const linesOf = (box: (event: NoticeEvent, channel: NoticeChannel) => Omit<NoticeBox, "channel">): NoticeLine[] =>
  NOTICE_EVENTS.map((event) => ({
    event,
    mandatory: mandatoryOf(event),
    channels: NOTICE_CHANNELS.map((channel) => ({ channel, ...box(event, channel) })),
  }));

type Stored = { event: NoticeEvent; channel: NoticeChannel; enabled: boolean };
type Change = NoticeChangesInput["changes"][number];

/**
 * Those of the changes that are still to be made, or why none is. The same change made before, perhaps by this very form
 * whose answer was lost, is no quarrel; anything else that was changed meanwhile is.
 */
function changesLeft(changes: readonly Change[], stored: readonly Stored[]): Outcome<Change[]> {
  if (changes.some(({ event }) => isMandatory(event, { byOneself: true }))) return refused("notice_mandatory");
  const standing = ({ event, channel }: Change) =>
    stored.find((one) => one.event === event && one.channel === channel)?.enabled ?? null;
  const left = changes.filter((change) => standing(change) !== change.to);
  return left.some((change) => standing(change) !== change.was) ? refused("notices_changed") : done(left);
}

/** Chooses for oneself, or leaves it to the organization. All of it or nothing. */
export async function chooseNotices(
  { organizationId, memberId }: MemberActor,
  { changes }: NoticeChangesInput,
  ctx: Context,
): Promise<Outcome<null>> {
  return ctx.db.transaction(async (tx) => {
    const self = and(eq(members.organizationId, organizationId), eq(members.id, memberId));
    // Two forms of one person take turns.
    await tx.select({ id: members.id }).from(members).where(self).for("no key update");
    const own = and(eq(noticePreferences.organizationId, organizationId), eq(noticePreferences.memberId, memberId));
    const left = changesLeft(changes, await tx.select().from(noticePreferences).where(own));
    if (!left.ok) return left;
    for (const { event, channel, to } of left.value) {
      if (to === null) {
        await tx
          .delete(noticePreferences)
          .where(and(own, eq(noticePreferences.event, event), eq(noticePreferences.channel, channel)));
        continue;
      }
      await tx
        .insert(noticePreferences)
        .values({ organizationId, memberId, event, channel, enabled: to })
        .onConflictDoUpdate({
          target: [
            noticePreferences.organizationId,
            noticePreferences.memberId,
            noticePreferences.event,
            noticePreferences.channel,
          ],
          set: { enabled: to },
        });
    }
    return done(null);
  });
}

/** Chooses for all members who have not chosen themselves. All of it or nothing, with an event for each change. */
export async function chooseDefaultNotices(
  actor: MemberActor,
  { changes }: NoticeChangesInput,
  ctx: Context,
): Promise<Outcome<null>> {
  const refusal = decidePermission(actor, "organization:manage");
  if (refusal) return { ok: false, refusal };
  const { organizationId } = actor;
  return ctx.db.transaction(async (tx) => {
    await lockTokenRules(tx, organizationId);
    const ofAll = eq(noticeDefaults.organizationId, organizationId);
    const left = changesLeft(changes, await tx.select().from(noticeDefaults).where(ofAll));
    if (!left.ok) return left;
    for (const { event, channel, was, to } of left.value) {
      if (to === null) {
        await tx
          .delete(noticeDefaults)
          .where(and(ofAll, eq(noticeDefaults.event, event), eq(noticeDefaults.channel, channel)));
      } else {
        await tx
          .insert(noticeDefaults)
          .values({ organizationId, event, channel, enabled: to })
          .onConflictDoUpdate({
            target: [noticeDefaults.organizationId, noticeDefaults.event, noticeDefaults.channel],
            set: { enabled: to },
          });
      }
      await recordAudit(
        tx,
        actor,
        {
          organizationId,
          action: "notices.updated",
          subject: { kind: "organization", id: organizationId },
          details: { event, channel, from: was, to },
        },
        ctx,
      );
    }
    return done(null);
  });
}
