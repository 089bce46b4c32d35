import type { ActionResult } from "@/lib/auth/action-result";
import type { AddGroupMemberInput } from "@/lib/groups/group-input";

// The server actions of these pages, as the page hands them to its components.

type Done<T> = Promise<ActionResult<T>>;
type Meant = { id: string; name: string };

export interface GroupActions {
  create: (input: { name: string }) => Done<{ id: string }>;
  rename: (input: { id: string; name: string }) => Done<{ id: string }>;
  remove: (input: { id: string }) => Done<{ id: string }>;
  add: (input: AddGroupMemberInput) => Done<Meant>;
  take: (input: { id: string; member_id: string }) => Done<Meant>;
  appoint: (input: { id: string; member_id: string; is_administrator: boolean }) => Done<Meant>;
}
