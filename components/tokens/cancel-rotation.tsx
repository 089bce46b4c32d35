"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import { useReturnFocus } from "./return-focus";
import type { CancelRotationAction } from "./token-actions";

type CancelRotationProps = { id: string; lastFour: string; locked: string | null; cancel: CancelRotationAction };

/** *Cancel rotation*: asks before the waiting secret is given up. */
export function CancelRotation({ id, lastFour, locked, cancel }: CancelRotationProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const focus = useReturnFocus(open);

  async function send() {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const result = await askServer(() => cancel({ id }));
    setBusy(false);
    const late = !result.ok && "refusal" in result && result.refusal.code === "no_rotation";
    if (!result.ok && !late)
      return setTrouble(troubleOf(result) ?? { kind: "refused", sentence: "It cannot be cancelled." });
    focus.leaveOrigin();
    setOpen(false);
    if (late) toast.info("No new secret was waiting any more");
    else toast.success("Rotation cancelled", { description: "The secret in use stays." });
    router.refresh();
  }

  return (
    <AlertDialog
      open={open}
      onOpenChange={(next) => {
        if (busy) return;
        setTrouble(null);
        setOpen(next);
      }}
    >
      <Button size="sm" disabledReason={locked} onClick={() => setOpen(true)}>
        Cancel rotation
      </Button>
      <AlertDialogContent
        title="Cancel rotation?"
        description={
          <>
            The new secret <code className="font-mono text-xs">…{lastFour}</code> will not work, even where you have put
            it. The one in use stays.
          </>
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        {trouble && (
          <DialogBody>
            <TroubleNotice
              trouble={trouble}
              uncertain="It is not certain whether it was cancelled. Try again: if it is gone already, you will hear so."
            />
          </DialogBody>
        )}
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Keep it</Button>
          </AlertDialogCancel>
          <Button variant="danger" loading={busy} onClick={() => void send()}>
            Cancel rotation
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
