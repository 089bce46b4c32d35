import type { Metadata } from "next";
import { NotificationsPage } from "@/app/(console)/notifications/notifications-page";
import { requireMember } from "@/lib/auth/require-member";

export const metadata: Metadata = { title: "Notifications" };

export default async function HubNotificationsPage({ searchParams }: PageProps<"/hub/notifications">) {
  const member = await requireMember("hub");
  return <NotificationsPage member={member} searchParams={searchParams} />;
}
