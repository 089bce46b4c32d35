"use client";

import { useReturnFocus } from "@/components/tokens/return-focus";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";

type LeaveDialogProps = {
  open: boolean;
  changes: number;
  /** What was changed, after "to". */
  of: string;
  onStay: () => void;
  onLeave: () => void;
};

/** Asks before changes that are not saved go with the page. */
export function LeaveDialog({ open, changes, of, onStay, onLeave }: LeaveDialogProps) {
  const focus = useReturnFocus(open);
  return (
    <AlertDialog open={open} onOpenChange={(next) => !next && onStay()}>
      <AlertDialogContent
        title="Leave without saving?"
        description={`Your ${changes === 1 ? "change" : `${changes} changes`} to ${of} would be lost.`}
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Stay here</Button>
          </AlertDialogCancel>
          <Button variant="danger" onClick={onLeave}>
            Discard and leave
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
