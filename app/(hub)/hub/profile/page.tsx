import type { Metadata } from "next";
import { endSessionAction, signOutElsewhereAction, signOutEverywhereAction } from "@/app/(console)/profile/actions";
import { ProfileDetails } from "@/components/profile/profile-details";
import { SessionsCard } from "@/components/profile/sessions-card";
import { PageHeader } from "@/components/ui/page-header";
import { listSessions } from "@/lib/auth/list-sessions";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, requireMember } from "@/lib/auth/require-member";

export const metadata: Metadata = { title: "Profile" };

export default async function HubProfilePage() {
  const member = await requireMember("hub");
  const session = await currentSession();
  const sessions = await listSessions(member, { current: session?.id }, await requestContext());
  return (
    <>
      <PageHeader title="Profile" description="Who you are here, and where you are signed in." />
      <div className="mt-6 grid max-w-3xl gap-6">
        <ProfileDetails
          name={member.name}
          email={member.email}
          role={session?.role?.name ?? ""}
          organization={session?.organization?.name ?? ""}
          groups={member.groups.map(({ id, name, isAdministrator }) => ({ id, name, isAdministrator }))}
        />
        <SessionsCard
          sessions={sessions}
          endSession={endSessionAction}
          signOutElsewhere={signOutElsewhereAction}
          signOutEverywhere={signOutEverywhereAction}
        />
      </div>
    </>
  );
}
