import { NOTICE_EVENTS, type NoticeEvent } from "./notice-events";
import { type NotificationsQuery, notificationsQuery } from "./notice-input";

const { before: id } = notificationsQuery.shape;

/** Reads the address of the notification centre forgivingly: what is not understood counts as not said. */
export function readNotificationsQuery(params: Record<string, string | string[] | undefined>): NotificationsQuery {
  const first = (name: string) => [params[name]].flat()[0];
  const said = [params.event].flat().flatMap((text) => text?.split(",") ?? []);
  const before = id.safeParse(first("cursor"));
  return {
    unread: first("show") === "unread",
    events: NOTICE_EVENTS.filter((event: NoticeEvent) => said.includes(event)),
    before: before.success ? before.data : null,
  };
}
