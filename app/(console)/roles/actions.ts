"use server";

import { memberAction } from "@/lib/auth/member-action";
import { createPermission } from "@/lib/permissions/create-permission";
import { deletePermission } from "@/lib/permissions/delete-permission";
import {
  createPermissionInput,
  deletePermissionInput,
  updatePermissionInput,
} from "@/lib/permissions/permission-input";
import { updatePermission } from "@/lib/permissions/update-permission";
import { createRole } from "@/lib/roles/create-role";
import { deleteRole } from "@/lib/roles/delete-role";
import { previewRoleLoss } from "@/lib/roles/preview-role-loss";
import { createRoleInput, deleteRoleInput, roleLossInput, updateRoleInput } from "@/lib/roles/role-input";
import { updateRole } from "@/lib/roles/update-role";

export const createRoleAction = memberAction(createRoleInput, createRole);

export const updateRoleAction = memberAction(updateRoleInput, updateRole);

/** Who would lose what, asked before a change that takes something away is saved. */
export const roleLossAction = memberAction(roleLossInput, previewRoleLoss);

export const deleteRoleAction = memberAction(deleteRoleInput, deleteRole);

export const createPermissionAction = memberAction(createPermissionInput, createPermission);

export const updatePermissionAction = memberAction(updatePermissionInput, updatePermission);

export const deletePermissionAction = memberAction(deletePermissionInput, deletePermission);
