import type { Refusal } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import type { InvitationRow } from "./open-invitations";
import type { Answering } from "./read-answering";
import type { MemberRow } from "./read-members";

/** Rows on a page of the table. */
export const MEMBERS_PER_PAGE = 50;

/** A member as its table and its page show it. */
export interface ListedMember extends MemberRow {
  isYou: boolean;
  /** How many of its tokens live; null where its tokens are not the reader's to see. */
  liveTokens: number | null;
  /** Why the reader may not change it; null where it may. */
  locked: Refusal["code"] | null;
}

/** What may be chosen when a member is made or changed. */
export interface MemberChoices {
  /** Most permissions first, with why the reader may not give one. */
  roles: { id: string; name: string; permissions: string[]; refusal: Refusal | null }[];
  /** Those that the reader may give; with whether it could create tokens for an account that the group answers for. */
  groups: { id: string; name: string; youAnswer: boolean }[];
  /** Who may answer for a service account, the reader first. */
  people: { id: string; name: string; email: string | null }[];
}

export interface MembersView {
  rows: ListedMember[];
  /** Of all rows that match; `first` is the number of the first one shown, from 1. */
  total: number;
  first: number;
  previous: string | null;
  next: string | null;
  /** How many of the members that the reader sees have each value, filters aside. */
  facets: {
    role: { id: string; name: string; count: number }[];
    status: Record<MemberRow["status"], number>;
    kind: Record<MemberRow["kind"], number>;
  };
  invitations: InvitationRow[];
  /** Null where the reader may only look. */
  choices: MemberChoices | null;
}

export interface MemberView {
  member: ListedMember;
  /** Service accounts that it answers for by itself, as far as the reader sees them. */
  accounts: { id: string; name: string; status: MemberRow["status"] }[];
  choices: MemberChoices | null;
  /** Null for a person. */
  answering: Answering | null;
  /** For a token of the service account; null for a person, and for who may create none. */
  tokenOptions: CreateOptions | null;
}
