import type { Metadata } from "next";
import Link from "next/link";
import { NoticeSettings } from "@/components/notices/notice-settings";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, requireMember } from "@/lib/auth/require-member";
import { viewNoticeDefaults } from "@/lib/notices/notice-preferences";
import { chooseDefaultNoticesAction } from "./actions";

export const metadata: Metadata = { title: "Notification defaults" };

export default async function NotificationSettingsPage() {
  const member = await requireMember();
  const view = await viewNoticeDefaults(member, await requestContext());
  if (!view.ok) return <NoPermissionPanel title="Notification defaults" permission="organization:manage" />;
  const session = await currentSession();
  return (
    <>
      <PageHeader
        title="Notification defaults"
        description={
          <>
            What members are told unless they choose otherwise in their profile. When notices of expiry come, and who
            gets them, is in the <Link href="/settings/token-policy">token policy</Link>.
          </>
        }
      />
      <div className="mt-6 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-6">
        <NoticeSettings
          matrix={view.value}
          whose="members"
          organizationName={session?.organization?.name ?? ""}
          save={chooseDefaultNoticesAction}
        />
      </div>
    </>
  );
}
