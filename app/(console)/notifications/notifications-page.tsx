import { NotificationCentre } from "@/components/notices/notification-centre";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { listNotifications } from "@/lib/notices/list-notifications";
import { viewNoticePreferences } from "@/lib/notices/notice-preferences";
import { readNotificationsQuery } from "@/lib/notices/notice-search-params";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import type { SearchParams } from "@/lib/tokens/token-search-params";
import { markAllReadAction, markNotificationAction } from "./actions";

type NotificationsPageProps = { member: MemberActor; searchParams: Promise<SearchParams> };

/** The notification centre, the same in the console and in the hub. */
export async function NotificationsPage({ member, searchParams }: NotificationsPageProps) {
  const ctx = await requestContext();
  const query = readNotificationsQuery(await searchParams);
  const [page, { policy }] = await Promise.all([
    listNotifications(member, query, ctx),
    viewNoticePreferences(member, ctx),
  ]);
  const { list, profile } = TOKEN_PLACES[member.portal];
  return (
    <NotificationCentre
      page={page}
      query={query}
      tokensPath={list}
      settingsHref={`${profile}#notifications`}
      tellsExpiry={policy.noticeDays.length > 0}
      now={ctx.now}
      mark={markNotificationAction}
      markAll={markAllReadAction}
    />
  );
}
