import { NoticeSettings } from "@/components/notices/notice-settings";
import { ProfileDetails } from "@/components/profile/profile-details";
import { SessionsCard } from "@/components/profile/sessions-card";
import { OwnTokenCard } from "@/components/tokens/own-token-card";
import { PageHeader } from "@/components/ui/page-header";
import { isAdministrator, type MemberActor } from "@/lib/access/actor";
import { listSessions } from "@/lib/auth/list-sessions";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords } from "@/lib/auth/require-member";
import { env } from "@/lib/env";
import { viewNoticePreferences } from "@/lib/notices/notice-preferences";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { viewOwnToken } from "@/lib/tokens/view-own-token";
import {
  answerExpiryAction,
  createTokenAction,
  deleteTokenAction,
  requestAccessAction,
  rotateTokenAction,
  tokenActivityAction,
  tokenReceiptAction,
  withdrawExpiryAnswerAction,
} from "../settings/api-tokens/actions";
import { chooseNoticesAction, endSessionAction, signOutElsewhereAction, signOutEverywhereAction } from "./actions";

/** The profile, the same in the console and in the hub. */
export async function ProfilePage({ member }: { member: MemberActor }) {
  const session = await currentSession();
  const ctx = await requestContext();
  const [sessions, ownToken, notices, words] = await Promise.all([
    listSessions(member, { current: session?.id }, ctx),
    viewOwnToken(member, ctx),
    viewNoticePreferences(member, ctx),
    organizationWords(),
  ]);
  const organization = session?.organization?.name ?? "";
  return (
    <>
      <PageHeader title="Profile" description="Who you are here, what you are told, and where you are signed in." />
      <div className="mt-6 grid max-w-3xl gap-6">
        <ProfileDetails
          name={member.name}
          email={member.email}
          role={session?.role?.name ?? ""}
          administers={isAdministrator(member)}
          organization={organization}
          groups={member.groups.map(({ id, name, isAdministrator }) => ({ id, name, isAdministrator }))}
          words={words.groups}
        />
        {ownToken && (
          <OwnTokenCard
            view={ownToken}
            listPath={TOKEN_PLACES[member.portal].list}
            organizationName={organization}
            apiUrl={env().PUBLIC_URL}
            actions={{
              create: createTokenAction,
              answer: answerExpiryAction,
              withdraw: withdrawExpiryAnswerAction,
              rotate: rotateTokenAction,
              remove: deleteTokenAction,
              activity: tokenActivityAction,
              receipt: tokenReceiptAction,
              requestAccess: requestAccessAction,
            }}
          />
        )}
        <NoticeSettings matrix={notices} whose="own" organizationName={organization} save={chooseNoticesAction} />
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
