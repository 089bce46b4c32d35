"use client";

import { CalendarPlus, Pencil, RefreshCw, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useFreshPage } from "@/components/shell/use-fresh-page";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { refusalSentence } from "@/lib/refusal";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { EditableFields } from "@/lib/tokens/token-naming";
import type { TokenRow } from "@/lib/tokens/token-row";
import { DeleteTokenDialog } from "./delete-token-dialog";
import { dismissDeletion } from "./deletion-toast";
import { EditTokenDialog } from "./edit-token-dialog";
import { ExtendTokenDialog } from "./extend-token-dialog";
import { whyNotExtended, whyNotRotated } from "./renewal-reasons";
import { RotateTokenDialog } from "./rotate-token-dialog";
import type {
  ActivityAction,
  DeleteAction,
  ExtendAction,
  ReceiptAction,
  RotateAction,
  UpdateAction,
} from "./token-actions";
import { TokenStatusBadge } from "./token-status-badge";
import { useTokenWords } from "./token-words-context";

type TokenHeaderProps = {
  token: TokenRow;
  fields: EditableFields;
  switchedOff: boolean;
  update: UpdateAction;
  remove: DeleteAction;
  activity: ActivityAction;
  receipt: ReceiptAction;
  rotate: RotateAction;
  extend: ExtendAction;
  renewal: RenewalOptions;
  apiUrl: string;
};

export function TokenHeader(props: TokenHeaderProps) {
  const { token, fields, switchedOff, update, remove, activity, receipt, rotate, extend, renewal, apiUrl } = props;
  const [dialog, setDialog] = useState<"edit" | "delete" | "rotate" | "extend" | null>(null);
  useFreshPage();
  // Arriving here, not when it is deleted here.
  useEffect(() => void dismissDeletion(token.id), [token.id]);
  const words = useTokenWords();
  const locked = token.locked && refusalSentence({ code: token.locked }, words);
  const off = switchedOff ? refusalSentence({ code: "tokens_disabled" }, words) : null;
  return (
    <>
      <PageHeader
        title={<span dir="auto">{token.name}</span>}
        description={
          <>
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
              <span className="text-ink">
                <TokenStatusBadge token={token} />
              </span>
              <span className="flex items-center gap-1">
                {token.kind === "cls" && "Client ID"}
                <code className="font-mono text-xs">{token.kind === "cls" ? token.id : token.masked}</code>
                <CopyButton value={token.id} what={token.kind === "cls" ? "the client ID" : "the token's id"} />
              </span>
            </span>
            {token.description && token.description !== token.name && (
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
              {token.status === "active" && (
                <Button disabledReason={whyNotRotated(token, words)} onClick={() => setDialog("rotate")}>
                  <RefreshCw aria-hidden="true" className="size-4 max-sm:hidden" />
                  Rotate
                </Button>
              )}
              {token.extension && (
                <Button disabledReason={whyNotExtended(token.extension, words)} onClick={() => setDialog("extend")}>
                  <CalendarPlus aria-hidden="true" className="size-4 max-sm:hidden" />
                  Extend expiry
                </Button>
              )}
              <Button disabledReason={locked ?? off} onClick={() => setDialog("edit")}>
                <Pencil aria-hidden="true" className="size-4 max-sm:hidden" />
                Edit
              </Button>
              <Button variant="danger-quiet" disabledReason={locked} onClick={() => setDialog("delete")}>
                <Trash2 aria-hidden="true" className="size-4 max-sm:hidden" />
                {words.remove}
              </Button>
            </>
          )
        }
      />
      <RotateTokenDialog
        token={token}
        options={renewal}
        apiUrl={apiUrl}
        open={dialog === "rotate"}
        onOpenChange={(open) => setDialog(open ? "rotate" : null)}
        rotate={rotate}
      />
      <ExtendTokenDialog
        token={token}
        options={renewal}
        open={dialog === "extend"}
        onOpenChange={(open) => setDialog(open ? "extend" : null)}
        extend={extend}
      />
      <EditTokenDialog
        token={token}
        fields={fields}
        open={dialog === "edit"}
        onOpenChange={(open) => setDialog(open ? "edit" : null)}
        update={update}
        activity={activity}
      />
      <DeleteTokenDialog
        token={token}
        open={dialog === "delete"}
        onOpenChange={(open) => setDialog(open ? "delete" : null)}
        remove={remove}
        activity={activity}
        receipt={receipt}
      />
    </>
  );
}
