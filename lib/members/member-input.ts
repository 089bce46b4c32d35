import { z } from "zod";
import { nameInput } from "@/lib/text-input";

export const memberId = z.uuid();

const roleId = z.uuid({ error: "Choose a role." });
const portal = z.enum(["console", "hub"], { error: "Choose a portal." });
const groupIds = z
  .array(z.uuid({ error: "Choose from the list." }))
  .max(100, { error: "Choose at most 100." })
  .transform((ids) => [...new Set(ids)]);

/** Who answers for a service account: a member, or the administrators of a group. */
const owner = z.strictObject(
  {
    kind: z.enum(["member", "group"]).describe("A member, or the administrators of a group."),
    id: z.uuid().describe("Of that member or group."),
  },
  { error: "Choose who answers for the service account." },
);
export type OwnerWish = z.output<typeof owner>;

/** Somebody's email as somebody else types it. */
const email = nameInput("an email address", 254).refine((value) => /^[^\s@]+@[^\s@]+$/.test(value), {
  error: "Enter an email address, such as name@example.com.",
});

export const inviteMemberInput = z.strictObject({ email, role_id: roleId, portal, group_ids: groupIds });
export type InviteMemberInput = z.output<typeof inviteMemberInput>;

export const createAccountInput = z.strictObject({
  name: nameInput("a name"),
  role_id: roleId,
  group_ids: groupIds,
  owner,
});
export type CreateAccountInput = z.output<typeof createAccountInput>;

/** What of a member is to be otherwise; what is absent stays. `group_ids` are all groups that the actor manages. */
export const memberChange = z.strictObject({
  role_id: roleId.optional(),
  portal: portal.optional(),
  group_ids: groupIds.optional(),
  owner: owner.optional(),
});
/** The same as the API takes it, with the member's standing. */
export const changeMemberInput = memberChange
  .extend({ status: z.enum(["active", "deactivated"], { error: "Choose active or deactivated." }).optional() })
  .refine((change) => Object.values(change).some((field) => field !== undefined), {
    error: "Give a role, groups, a portal, an owner or a status.",
  });
export type ChangeMemberInput = z.output<typeof changeMemberInput>;

export const updateMemberInput = z.strictObject({ id: memberId, change: memberChange });
export type UpdateMemberInput = z.output<typeof updateMemberInput>;

/** Names one member or one invitation. */
export const onlyId = z.strictObject({ id: memberId });
