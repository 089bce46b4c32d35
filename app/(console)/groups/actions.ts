"use server";

import { memberAction } from "@/lib/auth/member-action";
import { addGroupMember, removeGroupMember, setGroupAdministrator } from "@/lib/groups/change-group-members";
import { createGroup } from "@/lib/groups/create-group";
import { deleteGroup } from "@/lib/groups/delete-group";
import {
  addGroupMemberInput,
  createGroupInput,
  deleteGroupInput,
  removeGroupMemberInput,
  renameGroupInput,
  setGroupAdministratorInput,
} from "@/lib/groups/group-input";
import { renameGroup } from "@/lib/groups/rename-group";

export const createGroupAction = memberAction(createGroupInput, createGroup);

export const renameGroupAction = memberAction(renameGroupInput, renameGroup);

export const deleteGroupAction = memberAction(deleteGroupInput, deleteGroup);

export const addGroupMemberAction = memberAction(addGroupMemberInput, addGroupMember);

export const removeGroupMemberAction = memberAction(removeGroupMemberInput, removeGroupMember);

export const setGroupAdministratorAction = memberAction(setGroupAdministratorInput, setGroupAdministrator);
