import type { Metadata } from "next";
import { GroupsScreen } from "@/components/groups/groups-screen";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { requestContext } from "@/lib/auth/request-context";
import { currentSession, organizationWords, requireMember } from "@/lib/auth/require-member";
import { viewGroups } from "@/lib/groups/view-groups";
import { createGroupAction, renameGroupAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await organizationWords()).groups.title };
}

export default async function GroupsPage() {
  const member = await requireMember();
  const words = (await organizationWords()).groups;
  const view = await viewGroups(member, await requestContext());
  if (!view.ok) return <NoPermissionPanel title={words.title} permission="groups:read" />;
  const session = await currentSession();
  return (
    <GroupsScreen
      view={view.value}
      words={words}
      switchedOn={session?.organization?.groupsEnabled ?? false}
      administers={member.permissions.has("organization:manage")}
      bounded={member.bounded}
      actions={{ create: createGroupAction, rename: renameGroupAction }}
    />
  );
}
