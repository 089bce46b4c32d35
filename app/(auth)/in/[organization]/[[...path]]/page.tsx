import type { Metadata, Route } from "next";
import { notFound, redirect } from "next/navigation";
import { SwitchForLink } from "@/components/auth/switch-for-link";
import { AuthShell } from "@/components/shell/auth-shell";
import { requestContext } from "@/lib/auth/request-context";
import { requestPath, signedIn } from "@/lib/auth/require-member";
import { listMemberships } from "@/lib/organizations/list-memberships";
import { linkedPlace } from "@/lib/organizations/organization-link";
import { switchOrganizationAction } from "../../../account/actions";

export const metadata: Metadata = { title: "Another organization" };

/**
 * Where links of messages come in: on to the page where the session looks at its organization, and asked first where it
 * looks at another one that its person is in too. Following a link changes nothing by itself: other tabs may be at work.
 */
export default async function LinkIntoOrganization({ params }: PageProps<"/in/[organization]/[[...path]]">) {
  const session = await signedIn();
  const { organization: id } = await params;
  const place = linkedPlace(await requestPath());
  if (session.actor?.organizationId === id) redirect(place as Route);
  const memberships = await listMemberships(session, await requestContext());
  const membership = memberships.find(({ organizationId }) => organizationId === id);
  if (!membership) notFound();
  const now = session.actor && session.organization;
  return (
    <AuthShell
      title={
        <>
          This is in <bdi>{membership.name}</bdi>
        </>
      }
      description={
        now ? (
          <>
            You are looking at <bdi>{now.name}</bdi>. Opening it switches all your tabs.
          </>
        ) : null
      }
      footer={<span className="[overflow-wrap:anywhere]">Signed in as {session.email}</span>}
    >
      <SwitchForLink
        membership={membership}
        place={place}
        stayIn={now?.name ?? null}
        switchOrganization={switchOrganizationAction}
      />
    </AuthShell>
  );
}
