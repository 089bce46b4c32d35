import type { ProblemTexts } from "./problem-text";

/** Members, their groups, and invitations. Nothing was changed. */
export const PEOPLE_TEXTS = {
  not_permitted: {
    what: "The person who asks, or the issuer of the token that asks, has a role that does not allow it.",
    why: "Rights come from the role, and are looked at anew each time. Where only a token lacks the right, the answer is `insufficient_scope` instead.",
    mend: [
      "Look at *Roles*, which shows who may do what.",
      "Ask an administrator for another role, or to do it for you.",
    ],
    screen: "roles",
  },
  last_administrator: {
    what: "The member stays as they are: without them nobody could administer the organization.",
    why: "An organization always has one active administrator at least. That is counted under a lock, so two people cannot step down at the same moment.",
    mend: ["Make somebody else an administrator first.", "Where nobody can, an operator of this server helps."],
    screen: "members",
  },
  member_outranks_you: {
    what: "The member stays as they are: they may do something that the one who asks may not.",
    why: "Whoever could change somebody above themselves could take their place.",
    mend: ["Ask somebody who may do at least as much as that member, such as an administrator."],
    screen: "members",
  },
  already_member: {
    what: "Nobody was invited: this email belongs to a member.",
    why: "One person is one member, deactivated or not.",
    mend: ["Look for them under *Members*, deactivated ones included, and change their role there."],
    field: "email",
    screen: "members",
  },
  already_invited: {
    what: "The open invitation stays: somebody else sent it, and it is not the asker's to replace.",
    why: "It may offer a role that the one who asks could not give.",
    mend: ["Ask whoever sent it, or an administrator, to withdraw it or to send it again."],
    field: "email",
    screen: "members",
  },
  too_many_invitations: {
    what: "Nobody was invited: there are as many open invitations as there may be.",
    why: "Otherwise this server could be used to send mail to strangers.",
    mend: ["Withdraw some, or wait: an invitation ends by itself after a while."],
    screen: "members",
  },
  not_in_hub: {
    what: "Nothing was done: a role that administers does not go with a place in the hub.",
    why: "The hub is for partners, who see nothing but their own tokens.",
    mend: ["Choose a lower role, or the console in place of the hub."],
    field: "role_id",
    screen: "members",
  },
  member_not_found: {
    what: "Nothing was done: a member that the request names is not in this organization.",
    why: "Members are looked for in the organization of the caller, and within the groups of whoever is bounded to theirs.",
    mend: ["Read the ids anew with `GET /api/v1/members`.", "Send the member's id and not an email."],
    screen: "members",
  },
  group_not_found: {
    what: "Nothing was done: a group that the request names is not in this organization, or not one that the caller sees.",
    why: "Bounded members see the groups that they are in, and can put nobody into others.",
    mend: ["Read the ids anew with `GET /api/v1/groups`.", "Ask an administrator where it is a group of others."],
    screen: "groups",
  },
  group_owns_accounts: {
    what: "The group was not deleted: it answers for service accounts.",
    why: "Their programs would go on without anybody who looks after them.",
    mend: ["Give these accounts another owner, on the page of each, then delete the group."],
    screen: "groups",
  },
  owner_required: {
    what: "Nothing was done: it was not said who answers for the service account.",
    why: "Somebody is told when its tokens expire, and decides about them.",
    mend: ["Name a member or a group as its owner."],
    field: "owner",
    screen: "members",
  },
  not_a_service_account: {
    what: "Nothing was done: an owner was given to a member who is a person.",
    why: "People answer for themselves.",
    mend: ["Leave the owner out, or name a service account."],
    field: "owner",
    screen: "members",
  },
  group_name_taken: {
    what: "Nothing was done: a group of this organization has that name.",
    why: "Groups are chosen by their names, so each has its own.",
    mend: [
      "Choose another name, or use the group that is there.",
      "It may be one that you do not see: ask an administrator.",
    ],
    field: "name",
    screen: "groups",
  },
  invitation_invalid: {
    what: "Nobody joined: the invitation does not work any more.",
    why: "Each one works once and for a limited time, and whoever sent it can withdraw it or send a newer one, which ends the older.",
    mend: ["Open the newest mail, if there are several.", "Ask whoever invited you for a new one."],
  },
  sign_in_to_accept: {
    what: "Nobody joined yet: there is an account with that email.",
    why: "Whoever holds only the link must not get into an account that exists.",
    mend: ["Sign in with that account, then open the link again."],
  },
  other_account: {
    what: "Nobody joined: the invitation is for another email than that of the account that is signed in.",
    why: "An invitation is for the one person whom it was sent to.",
    mend: ["Sign out, and open the link again.", "Or ask for an invitation to the email that you use."],
  },
} as const satisfies ProblemTexts;
