import type { ActionResult } from "@/lib/auth/action-result";
import type { CreateAccountInput, InviteMemberInput, UpdateMemberInput } from "@/lib/members/member-input";
import type { TokensOfMember } from "@/lib/tokens/tokens-of-member";

// The server actions of these pages, as the page hands them to its components.

/** An invitation just made or renewed. The link is in no other answer. */
export interface InvitationLink {
  id: string;
  email: string;
  link: string;
  expiresAt: Date;
}

type ById<T> = (input: { id: string }) => Promise<ActionResult<T>>;

export interface MemberActions {
  invite: (input: InviteMemberInput) => Promise<ActionResult<InvitationLink>>;
  renew: ById<InvitationLink>;
  withdraw: ById<{ id: string }>;
  createAccount: (input: CreateAccountInput) => Promise<ActionResult<{ id: string }>>;
  update: (input: UpdateMemberInput) => Promise<ActionResult<{ id: string }>>;
  deactivate: ById<{ id: string }>;
  reactivate: ById<{ id: string }>;
  tokens: ById<TokensOfMember>;
}
