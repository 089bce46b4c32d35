import type { ReactNode } from "react";
import { MemberShell } from "@/components/shell/member-shell";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { expiringTokens } from "@/lib/tokens/expiring-tokens";
import { signOutAction } from "../(auth)/sign-in/actions";

export default async function HubLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("hub");
  const [session, expiring] = await Promise.all([currentSession(), expiringTokens(member, await requestContext())]);
  return (
    <MemberShell
      organizationName={session?.organization?.name ?? ""}
      person={{ name: member.name, email: member.email }}
      tokensHref="/hub/api-tokens"
      profileHref="/hub/profile"
      words={await organizationWords()}
      expiring={expiring.count}
      hub
      signOut={signOutAction}
    >
      {children}
    </MemberShell>
  );
}
