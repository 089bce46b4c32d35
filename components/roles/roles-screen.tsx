"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import type { RolesView } from "@/lib/roles/view-roles";
import type { TokenWords } from "@/lib/tokens/token-words";
import { OwnPermissions } from "./own-permissions";
import type { PermissionActions, RoleActions } from "./role-actions";
import { RoleDialog } from "./role-dialog";
import { RoleMatrix } from "./role-matrix";

type RolesScreenProps = {
  view: RolesView;
  words: TokenWords;
  actions: RoleActions;
  permissions: PermissionActions;
};

/** What every role allows, side by side, and the permissions that the organization adds to Latchkey's. */
export function RolesScreen({ view, words, actions, permissions }: RolesScreenProps) {
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title="Roles"
        description="A role is a set of permissions. One is equal to or lower than another when it holds nothing that the other does not."
        actions={
          view.mayWrite && (
            <Button variant="primary" onClick={() => setAdding(true)}>
              <Plus aria-hidden="true" className="size-4" />
              Add role
            </Button>
          )
        }
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-6">
        <RoleMatrix view={view} words={words} actions={actions} />
        <OwnPermissions view={view} actions={permissions} />
      </div>
      <RoleDialog view={view} changing={null} words={words} actions={actions} open={adding} onOpenChange={setAdding} />
    </>
  );
}
