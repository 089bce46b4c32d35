import type { Metadata } from "next";
import { AddMember } from "@/components/members/add-member";
import { InvitationList } from "@/components/members/invitation-list";
import { MemberTable } from "@/components/members/member-table";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { PageHeader } from "@/components/ui/page-header";
import { requestContext } from "@/lib/auth/request-context";
import { organizationWords, requireMember } from "@/lib/auth/require-member";
import { viewMembers } from "@/lib/members/view-members";
import {
  createAccountAction,
  deactivateMemberAction,
  inviteMemberAction,
  memberTokensAction,
  reactivateMemberAction,
  renewInvitationAction,
  updateMemberAction,
  withdrawInvitationAction,
} from "../actions";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ searchParams }: PageProps<"/members">) {
  const member = await requireMember();
  const ctx = await requestContext();
  const outcome = await viewMembers(member, await searchParams, ctx);
  if (!outcome.ok) return <NoPermissionPanel title="Members" permission="members:read" />;
  const view = outcome.value;
  const words = (await organizationWords()).groups;
  const actions = {
    invite: inviteMemberAction,
    renew: renewInvitationAction,
    withdraw: withdrawInvitationAction,
    createAccount: createAccountAction,
    update: updateMemberAction,
    deactivate: deactivateMemberAction,
    reactivate: reactivateMemberAction,
    tokens: memberTokensAction,
  };
  const invitations = view.invitations.map((each) => ({ ...each, isOver: each.expiresAt <= ctx.now }));
  return (
    <>
      <PageHeader
        title="Members"
        description={
          member.bounded
            ? `The people and service accounts who share a ${words.one} with you.`
            : "The people and service accounts of the organization. What a member may do bounds every token it issues."
        }
        actions={view.choices && <AddMember choices={view.choices} words={words} actions={actions} />}
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-5">
        {invitations.length > 0 && <InvitationList invitations={invitations} actions={actions} />}
        <MemberTable view={view} words={words} actions={actions} />
      </div>
    </>
  );
}
