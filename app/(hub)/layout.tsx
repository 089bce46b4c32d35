import type { ReactNode } from "react";
import { MemberShell } from "@/components/shell/member-shell";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { listMemberships } from "@/lib/organizations/list-memberships";
import { expiringTokens } from "@/lib/tokens/expiring-tokens";
import { switchOrganizationAction } from "../(auth)/account/actions";
import { signOutAction } from "../(auth)/sign-in/actions";

export default async function HubLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("hub");
  const ctx = await requestContext();
  const [session, expiring, memberships] = await Promise.all([
    currentSession(),
    expiringTokens(member, ctx),
    listMemberships(member, ctx),
  ]);
  return (
    <MemberShell
      organization={{ id: member.organizationId, name: session?.organization?.name ?? "" }}
      memberships={memberships}
      switchOrganization={switchOrganizationAction}
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
