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

/** *Mark all as read*: up to the newest that the page showed. */
export const markAllReadInput = z.strictObject({ upTo: z.uuid() });
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

/** One box of the matrix. Null takes back one's own choice, so that the organization's counts. */
export const noticeChoiceInput = z.strictObject({
  event: z.enum(NOTICE_EVENTS),
  channel: z.enum(NOTICE_CHANNELS),
  enabled: z.boolean().nullable(),
});
export type NoticeChoiceInput = z.output<typeof noticeChoiceInput>;
