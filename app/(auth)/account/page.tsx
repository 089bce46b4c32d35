import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { OrganizationChoices } from "@/components/auth/organization-choices";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { AuthShell } from "@/components/shell/auth-shell";
import { requestContext } from "@/lib/auth/request-context";
import { signedIn } from "@/lib/auth/require-member";
import { HOME } from "@/lib/auth/safe-return-to";
import { listMemberships } from "@/lib/organizations/list-memberships";
import { signOutAction } from "../sign-in/actions";
import { switchOrganizationAction } from "./actions";

export const metadata: Metadata = { title: "No access" };

/** Where somebody lands who is signed in but may not in: deactivated, or a member of nothing. */
export default async function AccountPage() {
  const session = await signedIn();
  if (session.actor) redirect(HOME as Route);
  const { organization, email } = session;
  const memberships = await listMemberships(session, await requestContext());
  return (
    <AuthShell
      title={organization ? `Your access to ${organization.name} is switched off` : "You are in no organization"}
      description={
        organization
          ? "An administrator deactivated your membership. Your API tokens are refused for as long as it stays so; nothing was deleted. Ask an administrator to activate it again."
          : "Your account exists, but no organization has you as a member. Ask an administrator to add you."
      }
      footer={<span className="[overflow-wrap:anywhere]">Signed in as {email}</span>}
    >
      <div className="grid gap-2">
        <OrganizationChoices memberships={memberships} switchOrganization={switchOrganizationAction} />
        <SignOutButton signOut={signOutAction} />
      </div>
    </AuthShell>
  );
}
