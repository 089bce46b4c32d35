import type { ReactNode } from "react";
import { MemberShell } from "@/components/shell/member-shell";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { expiringTokens } from "@/lib/tokens/expiring-tokens";
import { signOutAction } from "../(auth)/sign-in/actions";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const member = await requireMember();
  const [session, expiring] = await Promise.all([currentSession(), expiringTokens(member, await requestContext())]);
  return (
    <MemberShell
      organizationName={session?.organization?.name ?? ""}
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
