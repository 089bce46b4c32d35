import type { Metadata } from "next";
import { InvitationScreen } from "@/components/auth/invitation-screen";
import { currentSession } from "@/lib/auth/require-member";
import { signInAction, signOutAction } from "../sign-in/actions";
import { acceptAsNewAction, acceptAsSelfAction, readInvitationAction } from "./actions";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitationPage() {
  const session = await currentSession();
  return (
    <InvitationScreen
      signedInAs={session?.email ?? null}
      actions={{
        read: readInvitationAction,
        acceptAsNew: acceptAsNewAction,
        acceptAsSelf: acceptAsSelfAction,
        signIn: signInAction,
        signOut: signOutAction,
      }}
    />
  );
}
