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

type CancelRotationProps = { id: string; locked: string | null; cancel: CancelRotationAction };

/** *Cancel rotation*: asks before the waiting secret is taken back. */
export function CancelRotation({ id, locked, cancel }: CancelRotationProps) {
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
    else toast.success("The new secret was taken back", { description: "Everything goes on with the one in use." });
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
        description="The new secret never works, wherever it was put already. Everything goes on with the one in use."
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <DialogBody>
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether it was taken back. Try again: if it is gone already, you will hear so."
          />
        </DialogBody>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Keep it waiting</Button>
          </AlertDialogCancel>
          <Button variant="danger" loading={busy} onClick={() => void send()}>
            Take it back
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
