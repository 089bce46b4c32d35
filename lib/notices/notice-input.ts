import { z } from "zod";
import { tokenId } from "@/lib/tokens/token-input";
import { NOTICE_CHANNELS, NOTICE_EVENTS } from "./notice-events";

/** What the notification centre is filtered by. */
export const notificationsQuery = z.strictObject({
  unread: z.boolean().default(false),
  events: z.array(z.enum(NOTICE_EVENTS)).max(NOTICE_EVENTS.length).default([]),
  /** The id of the last one that was shown. */
  before: z.uuid().nullable().default(null),
});
export type NotificationsQuery = z.output<typeof notificationsQuery>;

export const markNotificationInput = z.strictObject({ id: z.uuid(), isRead: z.boolean() });
export type MarkNotificationInput = z.output<typeof markNotificationInput>;

/** *Mark all as read*: up to the newest that the page showed, of the events that it was filtered by. */
export const markAllReadInput = z.strictObject({ upTo: z.uuid(), events: notificationsQuery.shape.events });
export type MarkAllReadInput = z.output<typeof markAllReadInput>;

const MOST_DAYS = 365;

/** *Acknowledge* leaves the days out; *remind me* says in how many. */
export const answerExpiryInput = z.strictObject({
  id: tokenId,
  remind_in_days: z
    .number({ error: "Give a number of days." })
    .int({ error: "Give a whole number of days." })
    .min(1, { error: "Give at least 1." })
    .max(MOST_DAYS, { error: `Give at most ${MOST_DAYS}.` })
    .nullable(),
});
export type AnswerExpiryInput = z.output<typeof answerExpiryInput>;

export const withdrawAnswerInput = z.strictObject({ id: tokenId });
export type WithdrawAnswerInput = z.output<typeof withdrawAnswerInput>;

const choice = z.boolean().nullable();

/**
 * Boxes of the matrix that were changed, each with what stood there when the form was filled. Null leaves a box to whoever
 * decides otherwise: to the organization, or for its own to Latchkey.
 */
export const noticeChangesInput = z.strictObject({
  changes: z
    .array(z.strictObject({ event: z.enum(NOTICE_EVENTS), channel: z.enum(NOTICE_CHANNELS), was: choice, to: choice }))
    .min(1)
    .max(NOTICE_EVENTS.length * NOTICE_CHANNELS.length),
});
export type NoticeChangesInput = z.output<typeof noticeChangesInput>;
