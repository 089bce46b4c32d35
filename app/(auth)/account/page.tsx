import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { AuthShell } from "@/components/shell/auth-shell";
import { signedIn } from "@/lib/auth/require-member";
import { HOME } from "@/lib/auth/safe-return-to";
import { signOutAction } from "../sign-in/actions";

export const metadata: Metadata = { title: "No access" };

/** Where somebody lands who is signed in but may not in: deactivated, or a member of nothing. */
export default async function AccountPage() {
  const session = await signedIn();
  if (session.actor) redirect(HOME as Route);
  const { organization, email } = session;
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
      <SignOutButton signOut={signOutAction} />
    </AuthShell>
  );
}
