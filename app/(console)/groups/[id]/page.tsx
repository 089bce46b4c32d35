import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { GroupScreen } from "@/components/groups/group-screen";
import type { MemberActor } from "@/lib/access/actor";
import { requestContext } from "@/lib/auth/request-context";
import { organizationWords, requireMember } from "@/lib/auth/require-member";
import { groupId } from "@/lib/groups/group-input";
import { viewGroup } from "@/lib/groups/view-groups";
import { refused } from "@/lib/refusal";
import {
  addGroupMemberAction,
  createGroupAction,
  deleteGroupAction,
  removeGroupMemberAction,
  renameGroupAction,
  setGroupAdministratorAction,
} from "../actions";

/** Read once for the title and the page. */
const load = cache(async (member: MemberActor, id: string) =>
  groupId.safeParse(id).success ? viewGroup(member, id, await requestContext()) : refused("not_found"),
);

export async function generateMetadata({ params }: PageProps<"/groups/[id]">): Promise<Metadata> {
  const view = await load(await requireMember(), (await params).id);
  return { title: view.ok ? view.value.group.name : "Not found" };
}

export default async function GroupPage({ params }: PageProps<"/groups/[id]">) {
  const member = await requireMember();
  const view = await load(member, (await params).id);
  if (!view.ok) notFound();
  return (
    <GroupScreen
      view={view.value}
      words={(await organizationWords()).groups}
      you={member.memberId}
      actions={{
        create: createGroupAction,
        rename: renameGroupAction,
        remove: deleteGroupAction,
        add: addGroupMemberAction,
        take: removeGroupMemberAction,
        appoint: setGroupAdministratorAction,
      }}
    />
  );
}
