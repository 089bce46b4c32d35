import type { ReactNode } from "react";
import { MemberShell } from "@/components/shell/member-shell";
import { TokenWordsProvider } from "@/components/tokens/token-words-context";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { viewShell } from "@/lib/notices/view-shell";
import { listMemberships } from "@/lib/organizations/list-memberships";
import { TOKEN_PLACES } from "@/lib/tokens/token-places";
import { switchOrganizationAction } from "../(auth)/account/actions";
import { signOutAction } from "../(auth)/sign-in/actions";
import { findTokensAction } from "../(console)/settings/api-tokens/actions";

export default async function HubLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("hub");
  const ctx = await requestContext();
  const words = await organizationWords();
  const [session, shell, memberships] = await Promise.all([
    currentSession(),
    viewShell(member, ctx),
    listMemberships(member, ctx),
  ]);
  return (
    <TokenWordsProvider words={words.tokens}>
      <MemberShell
        organization={{ id: member.organizationId, name: session?.organization?.name ?? "" }}
        memberships={memberships}
        switchOrganization={switchOrganizationAction}
        person={{ name: member.name, email: member.email }}
        tokensHref={shell.hasList ? TOKEN_PLACES.hub.list : TOKEN_PLACES.hub.profile}
        findTokens={findTokensAction}
        profileHref={TOKEN_PLACES.hub.profile}
        words={words}
        expiring={shell.expiring}
        notifications={{ href: TOKEN_PLACES.hub.notifications, unread: shell.unread }}
        hub
        signOut={signOutAction}
      >
        {children}
      </MemberShell>
    </TokenWordsProvider>
  );
}
