"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { AskFirst } from "@/components/shell/ask-first";
import { counted } from "@/components/tokens/counted";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { plainSentence } from "@/lib/refusal";
import type { ComparedRole, RolesView } from "@/lib/roles/view-roles";
import type { TokenWords } from "@/lib/tokens/token-words";
import type { RoleActions } from "./role-actions";
import { RoleDialog } from "./role-dialog";

type RoleMenuProps = { view: RolesView; role: ComparedRole; words: TokenWords; actions: RoleActions };

/** What can be done with a role of the organization's own. */
export function RoleMenu({ view, role, words, actions }: RoleMenuProps) {
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const locked = role.locked && plainSentence(role.locked);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-xs" aria-label={`Actions for ${role.name}`}>
            <Ellipsis aria-hidden="true" className="size-4" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem disabledReason={locked} onSelect={() => setDialog("edit")}>
            <Pencil aria-hidden="true" />
            Change
          </DropdownMenuItem>
          <DropdownMenuItem danger disabledReason={locked ?? heldBy(role, words)} onSelect={() => setDialog("delete")}>
            <Trash2 aria-hidden="true" />
            Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <RoleDialog
        view={view}
        changing={role}
        words={words}
        actions={actions}
        open={dialog === "edit"}
        onOpenChange={(open) => setDialog(open ? "edit" : null)}
      />
      <AskFirst
        title={
          <>
            Delete <bdi>{role.name}</bdi>?
          </>
        }
        description="Nobody has this role. It cannot be brought back, but you can make one like it."
        action="Delete role"
        done="Role deleted"
        ask={() => actions.remove({ id: role.id })}
        open={dialog === "delete"}
        onOpenChange={(open) => setDialog(open ? "delete" : null)}
      />
    </>
  );
}

/** Why a role cannot go yet, as far as the reader sees who has it; the rest is said by the answer. */
function heldBy({ members, tokens, invitations }: ComparedRole, words: TokenWords): string | null {
  const holders = [
    ...(members ? [counted(members, "member")] : []),
    ...(tokens > 0 ? [counted(tokens, `active ${words.one}`, `active ${words.many}`)] : []),
    ...(invitations > 0 ? [counted(invitations, "invitation")] : []),
  ];
  return holders.length > 0 ? `Still had by ${holders.join(", ")}. Give them another role first.` : null;
}
