import { z } from "zod";
import { nameInput } from "@/lib/text-input";

const name = nameInput("a name", 80);
export const groupId = z.uuid();

export const createGroupInput = z.strictObject({ name });
export const renameGroupInput = z.strictObject({ id: groupId, name });
export const deleteGroupInput = z.strictObject({ id: groupId });

/** By id where one chooses from those that one sees; by exact email where one only knows whom one means. */
export const addGroupMemberInput = z.strictObject({
  id: groupId,
  who: z.union([
    z.strictObject({ member_id: z.uuid() }),
    z.strictObject({ email: z.email({ error: "Enter an email address." }).max(320) }),
  ]),
});
export type AddGroupMemberInput = z.output<typeof addGroupMemberInput>;

export const removeGroupMemberInput = z.strictObject({ id: groupId, member_id: z.uuid() });
export const setGroupAdministratorInput = z.strictObject({
  id: groupId,
  member_id: z.uuid(),
  is_administrator: z.boolean(),
});
