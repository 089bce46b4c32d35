"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { REFUSALS } from "@/lib/refusal";
import type { TokenPolicy } from "@/lib/tokens/token-policy";
import type { TokenRow } from "@/lib/tokens/token-row";
import { DeleteTokenDialog } from "./delete-token-dialog";
import { EditTokenDialog } from "./edit-token-dialog";
import type { ActivityAction, DeleteAction, UpdateAction } from "./token-actions";
import { TokenStatusBadge } from "./token-status-badge";

type TokenHeaderProps = {
  token: TokenRow;
  descriptionField: TokenPolicy["description"];
  update: UpdateAction;
  remove: DeleteAction;
  activity: ActivityAction;
};

export function TokenHeader({ token, descriptionField, update, remove, activity }: TokenHeaderProps) {
  const [dialog, setDialog] = useState<"edit" | "delete" | null>(null);
  const locked = token.mayChange ? null : REFUSALS.not_yours_to_change.sentence;
  return (
    <>
      <PageHeader
        title={<span dir="auto">{token.name}</span>}
        description={
          <>
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
              <span className="text-ink">
                <TokenStatusBadge status={token.status} />
              </span>
              <span className="flex items-center gap-1">
                <code className="font-mono text-xs">{token.masked}</code>
                <CopyButton value={token.id} what="the token's id" />
              </span>
            </span>
            {token.description && (
              <span dir="auto" className="mt-1 block whitespace-pre-line text-left [overflow-wrap:anywhere]">
                {token.description}
              </span>
            )}
          </>
        }
        actionsAt="top"
        actions={
          token.status !== "deleted" && (
            <>
              <Button disabledReason={locked} onClick={() => setDialog("edit")}>
                <Pencil aria-hidden="true" className="size-4" />
                Edit
              </Button>
              <Button variant="danger-quiet" disabledReason={locked} onClick={() => setDialog("delete")}>
                <Trash2 aria-hidden="true" className="size-4" />
                Delete
              </Button>
            </>
          )
        }
      />
      <EditTokenDialog
        token={token}
        descriptionField={descriptionField}
        open={dialog === "edit"}
        onOpenChange={(open) => setDialog(open ? "edit" : null)}
        update={update}
      />
      <DeleteTokenDialog
        token={token}
        open={dialog === "delete"}
        onOpenChange={(open) => setDialog(open ? "delete" : null)}
        remove={remove}
        activity={activity}
      />
    </>
  );
}
