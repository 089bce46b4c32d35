"use client";

import { Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { AskFirst } from "@/components/shell/ask-first";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { RolesView } from "@/lib/roles/view-roles";
import { PermissionDialog } from "./permission-dialog";
import type { PermissionActions } from "./role-actions";

type OwnPermissionsProps = { view: RolesView; actions: PermissionActions };

type Own = RolesView["own"][number];

/** What the organization's own API asks of a token, beside Latchkey's permissions. */
export function OwnPermissions({ view, actions }: OwnPermissionsProps) {
  const { own, yours, mayManagePermissions } = view;
  const [adding, setAdding] = useState(false);
  return (
    <Card aria-label="Your permissions">
      <CardHeader
        title="Your permissions"
        description={
          <>
            What your own API asks of a token. It finds them in the answer of{" "}
            <code className="font-mono">/api/v1/me</code>, as far as the token may do them at that moment.
          </>
        }
        action={
          mayManagePermissions && (
            <Button onClick={() => setAdding(true)}>
              <Plus aria-hidden="true" className="size-4" />
              Add permission
            </Button>
          )
        }
      />
      {own.length === 0 ? (
        <p className="px-5 py-8 text-center text-pretty text-sm text-soft">
          None yet.{" "}
          {mayManagePermissions
            ? "Add one, such as events:read, then put it into a role."
            : "An administrator can add some."}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {own.map((permission) => (
            <PermissionLine
              key={permission.name}
              permission={permission}
              isYours={yours.includes(permission.name)}
              actions={mayManagePermissions ? actions : null}
            />
          ))}
        </ul>
      )}
      <PermissionDialog permission={null} actions={actions} open={adding} onOpenChange={setAdding} />
    </Card>
  );
}

type PermissionLineProps = { permission: Own; isYours: boolean; actions: PermissionActions | null };

function PermissionLine({ permission, isYours, actions }: PermissionLineProps) {
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const { name, description, heldBy } = permission;
  const inUse = heldBy.length > 0 ? `Take it out of ${heldBy.join(", ")} first.` : null;
  const reason = isYours ? inUse : "Only who holds it may delete it.";
  return (
    <li className="flex items-center gap-4 px-5 py-3 text-sm max-sm:px-4">
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-0.5 sm:grid-cols-[14rem_minmax(0,1fr)_minmax(0,14rem)] sm:items-baseline">
        <code className="font-mono [overflow-wrap:anywhere]">{name}</code>
        <span dir="auto" className="text-pretty text-left [overflow-wrap:anywhere]">
          {description}
        </span>
        <span className="text-soft text-xs [overflow-wrap:anywhere] sm:text-right">
          {heldBy.length > 0 ? (
            <>
              in <bdi>{heldBy.join(", ")}</bdi>
            </>
          ) : (
            "administrators alone"
          )}
        </span>
      </div>
      {actions && (
        <>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon-xs" aria-label={`Actions for ${name}`}>
                <Ellipsis aria-hidden="true" className="size-4" />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent>
              <DropdownMenuItem onSelect={() => setDialog("edit")}>
                <Pencil aria-hidden="true" />
                Change description
              </DropdownMenuItem>
              <DropdownMenuItem danger disabledReason={reason} onSelect={() => setDialog("delete")}>
                <Trash2 aria-hidden="true" />
                Delete
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
          <PermissionDialog
            permission={permission}
            actions={actions}
            open={dialog === "edit"}
            onOpenChange={(open) => setDialog(open ? "edit" : null)}
          />
          <AskFirst
            title={
              <>
                Delete <code className="font-mono">{name}</code>?
              </>
            }
            description="Administrators lose it, and with them every token that acts for them. Your API no longer finds it anywhere."
            action="Delete permission"
            done="Permission deleted"
            ask={() => actions.remove({ name })}
            open={dialog === "delete"}
            onOpenChange={(open) => setDialog(open ? "delete" : null)}
          />
        </>
      )}
    </li>
  );
}
