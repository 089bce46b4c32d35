import type { Metadata } from "next";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { AuthShell } from "@/components/shell/auth-shell";
import { signedIn } from "@/lib/auth/require-member";
import { signOutAction } from "../../../sign-in/actions";

export const metadata: Metadata = { title: "Not found" };

/**
 * Somebody followed a link into an organization in which they are not, perhaps as another person than the one it was sent
 * to. Whether there is such an organization is not said.
 */
export default async function LinkLeadsNowhere() {
  const { email } = await signedIn();
  return (
    <AuthShell
      title="There is nothing here for you"
      description={
        <>
          You are signed in as <span className="text-ink [overflow-wrap:anywhere]">{email}</span>. If the message came
          to another address, sign in with that one.
        </>
      }
    >
      <SignOutButton signOut={signOutAction} label="Sign in with another account" comesBack />
    </AuthShell>
  );
}
