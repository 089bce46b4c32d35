"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { TokenRow } from "@/lib/tokens/token-row";
import { showDeletion } from "./deletion-toast";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import { useReturnFocus } from "./return-focus";
import type { ActivityAction, DeleteAction, ReceiptAction } from "./token-actions";
import { TokenConsequences } from "./token-consequences";
import { useTokenWords } from "./token-words-context";
import { isNameTyped, TypeNameField } from "./type-name-field";
import { useActivity } from "./use-activity";

type DeleteTokenDialogProps = {
  token: Pick<TokenRow, "id" | "kind" | "name" | "masked" | "status">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  remove: DeleteAction;
  activity: ActivityAction;
  receipt: ReceiptAction;
  /** The token's page, where it is not the one that asks. */
  href?: string;
  /** After it is gone, by this hand or another's. */
  onDeleted?: () => void;
};

/** Asks before a token is ended for good, and says what would break. */
export function DeleteTokenDialog({ open, onOpenChange, ...rest }: DeleteTokenDialogProps) {
  const [deleting, setDeleting] = useState(false);
  const focus = useReturnFocus(open);
  const { token } = rest;
  const words = useTokenWords();
  return (
    <AlertDialog open={open} onOpenChange={(next) => !deleting && onOpenChange(next)}>
      <AlertDialogContent
        title={
          <span title={token.name} className="line-clamp-2">
            {words.remove} <bdi>{token.name}</bdi>?
          </span>
        }
        description={
          token.status === "active" ? (
            <>
              <PublicPart token={token} /> stops working everywhere at once. This cannot be undone.
            </>
          ) : (
            <>
              <PublicPart token={token} /> no longer works. Its {words.removal} cannot be undone.
            </>
          )
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <DeleteForm
          {...rest}
          onDeleting={setDeleting}
          onGone={() => {
            focus.leaveOrigin();
            onOpenChange(false);
            rest.onDeleted?.();
          }}
        />
      </AlertDialogContent>
    </AlertDialog>
  );
}

function PublicPart({ token }: Pick<DeleteTokenDialogProps, "token">) {
  const isClient = token.kind === "cls";
  return (
    <>
      {isClient && "Client "}
      <code className="font-mono text-xs">{isClient ? token.id : token.masked}</code>
    </>
  );
}

type DeleteFormProps = Pick<DeleteTokenDialogProps, "token" | "remove" | "activity" | "receipt" | "href"> & {
  onDeleting: (deleting: boolean) => void;
  onGone: () => void;
};

function DeleteForm({ token, remove, activity, receipt, href, onDeleting, onGone }: DeleteFormProps) {
  const words = useTokenWords();
  const id = useId();
  const router = useRouter();
  const found = useActivity(activity, token.id);
  const [typed, setTyped] = useState("");
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);

  // A client is known by its id; its name is the beginning of a description.
  const isClient = token.kind === "cls";
  const toType = isClient ? token.id : token.name;
  const mustType = found === "unknown" || (found !== "loading" && found.lastDay > 0);
  const reason =
    found === "loading"
      ? "Looking up who uses it."
      : mustType && !isNameTyped(typed, toType)
        ? `Type the ${isClient ? "client ID" : "token's name"} first.`
        : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || reason) return;
    setBusy(true);
    onDeleting(true);
    setTrouble(null);
    const result = await askServer(() => remove({ id: token.id }));
    setBusy(false);
    onDeleting(false);
    const before = !result.ok && "refusal" in result && result.refusal.code === "already_deleted";
    if (!result.ok && !before)
      return setTrouble(troubleOf(result) ?? { kind: "refused", sentence: `This token cannot be ${words.removed}.` });
    onGone();
    if (before) {
      const name = <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{token.name}</bdi>;
      toast.info(`It was ${words.removed} before, so nothing had to be done`, { description: name });
    } else {
      showDeletion({ token, words, receipt, open: href ? () => router.push(href as Route) : null });
    }
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain={`It is not certain whether it was ${words.removed}. Try again: if it is gone already, you will hear so.`}
        />
        <TokenConsequences found={found} />
        {mustType && <TypeNameField name={toType} value={typed} onChange={setTyped} />}
      </DialogBody>
      <DialogFooter>
        <AlertDialogCancel asChild>
          <Button>Keep it</Button>
        </AlertDialogCancel>
        <Button type="submit" form={id} variant="danger" loading={busy} disabledReason={reason}>
          {words.remove} token
        </Button>
      </DialogFooter>
    </form>
  );
}
