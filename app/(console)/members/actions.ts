"use server";

import { memberAction } from "@/lib/auth/member-action";
import { env } from "@/lib/env";
import { renewInvitation, withdrawInvitation } from "@/lib/members/change-invitation";
import { createAccount } from "@/lib/members/create-account";
import { invitationLink } from "@/lib/members/invitation-code";
import { inviteMember } from "@/lib/members/invite-member";
import { createAccountInput, inviteMemberInput, onlyId, updateMemberInput } from "@/lib/members/member-input";
import { deactivateMember, reactivateMember } from "@/lib/members/switch-member";
import { updateMember } from "@/lib/members/update-member";
import { tokensOfMember } from "@/lib/tokens/tokens-of-member";

/** The one answer that carries an invitation's link, and the next for a renewed one. */
export const inviteMemberAction = memberAction(inviteMemberInput, async (actor, input, ctx) =>
  invitationLink(await inviteMember(actor, input, ctx), env().PUBLIC_URL),
);

export const renewInvitationAction = memberAction(onlyId, async (actor, input, ctx) =>
  invitationLink(await renewInvitation(actor, input, ctx), env().PUBLIC_URL),
);

export const withdrawInvitationAction = memberAction(onlyId, withdrawInvitation);

export const createAccountAction = memberAction(createAccountInput, createAccount);

export const updateMemberAction = memberAction(updateMemberInput, updateMember);

export const deactivateMemberAction = memberAction(onlyId, deactivateMember);

export const reactivateMemberAction = memberAction(onlyId, reactivateMember);

/** What deactivating a member would stop, asked for when the dialog opens. */
export const memberTokensAction = memberAction(onlyId, tokensOfMember);
