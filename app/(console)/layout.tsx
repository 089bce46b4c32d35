import type { ReactNode } from "react";
import { MemberShell } from "@/components/shell/member-shell";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { listMemberships } from "@/lib/organizations/list-memberships";
import { expiringTokens } from "@/lib/tokens/expiring-tokens";
import { switchOrganizationAction } from "../(auth)/account/actions";
import { signOutAction } from "../(auth)/sign-in/actions";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const member = await requireMember();
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
      tokensHref="/settings/api-tokens"
      profileHref="/profile"
      words={await organizationWords()}
      doors={{
        members: member.permissions.has("members:read"),
        groups: member.permissions.has("groups:read") || member.groups.some(({ isAdministrator }) => isAdministrator),
        roles: member.permissions.has("roles:read"),
        audit: member.permissions.has("audit:read"),
        organization: member.permissions.has("organization:manage"),
      }}
      expiring={expiring.count}
      signOut={signOutAction}
    >
      {children}
    </MemberShell>
  );
}
