"use client";

import { useReturnFocus } from "@/components/tokens/return-focus";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogFooter } from "@/components/ui/dialog";
import type { JobLine } from "@/lib/jobs/list-jobs";

type RunJobDialogProps = { job: JobLine; open: boolean; onOpenChange: (open: boolean) => void; run: () => void };

/** Asked before a job that deletes is run out of its turn. */
export function RunJobDialog({ job, open, onOpenChange, run }: RunJobDialogProps) {
  const focus = useReturnFocus(open);
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent
        title={`Run ${job.name} now?`}
        description={`${job.deletes} It does so by itself with its next run anyway.`}
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Cancel</Button>
          </AlertDialogCancel>
          <Button variant="danger" onClick={run}>
            Run now
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
