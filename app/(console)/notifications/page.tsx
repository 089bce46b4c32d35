import type { Metadata } from "next";
import { requireMember } from "@/lib/auth/require-member";
import { NotificationsPage } from "./notifications-page";

export const metadata: Metadata = { title: "Notifications" };

export default async function ConsoleNotificationsPage({ searchParams }: PageProps<"/notifications">) {
  const member = await requireMember();
  return <NotificationsPage member={member} searchParams={searchParams} />;
}
