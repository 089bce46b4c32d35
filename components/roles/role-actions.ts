import type { ActionResult } from "@/lib/auth/action-result";
import type { CreatePermissionInput } from "@/lib/permissions/permission-input";
import type { RoleLoss } from "@/lib/roles/preview-role-loss";
import type { CreateRoleInput, UpdateRoleInput } from "@/lib/roles/role-input";

// The server actions of this page, as it hands them to its components.

type Done<T> = Promise<ActionResult<T>>;

export interface RoleActions {
  create: (input: CreateRoleInput) => Done<{ id: string }>;
  update: (input: UpdateRoleInput) => Done<{ id: string }>;
  losses: (input: { id: string; take: string[] }) => Done<RoleLoss[]>;
  remove: (input: { id: string }) => Done<{ id: string }>;
}

export interface PermissionActions {
  create: (input: CreatePermissionInput) => Done<object>;
  update: (input: { name: string; description: string }) => Done<object>;
  remove: (input: { name: string }) => Done<object>;
}
