"use client";

import { counted } from "@/components/tokens/counted";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";

type SendAllAgainDialogProps = {
  count: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  busy: boolean;
  send: () => Promise<void>;
};

/** Asked first: what was sent cannot be called back. */
export function SendAllAgainDialog({ count, open, onOpenChange, busy, send }: SendAllAgainDialogProps) {
  const focus = useReturnFocus(open);
  return (
    <AlertDialog open={open} onOpenChange={(next) => !busy && onOpenChange(next)}>
      <AlertDialogContent
        title={`Send ${counted(count, "message")} again?`}
        description="All that were given up, each as the same message, from the first attempt on. Notices of tokens that are gone by now are dropped. Mend first what kept them from being sent."
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Cancel</Button>
          </AlertDialogCancel>
          <Button variant="primary" loading={busy} onClick={() => void send()}>
            Send all again
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
