import type { Metadata } from "next";
import { RolesScreen } from "@/components/roles/roles-screen";
import { NoPermissionPanel } from "@/components/shell/no-permission-panel";
import { requestContext } from "@/lib/auth/request-context";
import { organizationWords, requireMember } from "@/lib/auth/require-member";
import { viewRoles } from "@/lib/roles/view-roles";
import {
  createPermissionAction,
  createRoleAction,
  deletePermissionAction,
  deleteRoleAction,
  roleLossAction,
  updatePermissionAction,
  updateRoleAction,
} from "./actions";

export const metadata: Metadata = { title: "Roles" };

export default async function RolesPage() {
  const member = await requireMember();
  const view = await viewRoles(member, await requestContext());
  if (!view.ok) return <NoPermissionPanel title="Roles" permission="roles:read" />;
  return (
    <RolesScreen
      view={view.value}
      words={(await organizationWords()).tokens}
      actions={{
        create: createRoleAction,
        update: updateRoleAction,
        losses: roleLossAction,
        remove: deleteRoleAction,
      }}
      permissions={{
        create: createPermissionAction,
        update: updatePermissionAction,
        remove: deletePermissionAction,
      }}
    />
  );
}
