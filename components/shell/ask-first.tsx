"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId } from "react";
import { useSending } from "@/components/members/use-sending";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/auth/action-result";

type AskFirstProps = {
  title: ReactNode;
  /** What will happen. */
  description: ReactNode;
  /** The button that does it, and what is said once it is done. */
  action: string;
  done: string;
  ask: () => Promise<ActionResult<object>>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Where what was asked about is gone with its own page. */
  onDone?: () => void;
};

/** Asks before something goes. */
export function AskFirst({ title, description, open, onOpenChange, ...rest }: AskFirstProps) {
  const focus = useReturnFocus(open);
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent title={title} description={description} onCloseAutoFocus={focus.onCloseAutoFocus}>
        <Question
          {...rest}
          onClose={() => {
            focus.leaveOrigin();
            onOpenChange(false);
          }}
        />
      </AlertDialogContent>
    </AlertDialog>
  );
}

type QuestionProps = Pick<AskFirstProps, "action" | "done" | "ask" | "onDone"> & { onClose: () => void };

function Question({ action, done, ask, onDone, onClose }: QuestionProps) {
  const id = useId();
  const router = useRouter();
  const { busy, trouble, send } = useSending();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await send(ask))) return;
    onClose();
    toast.success(done);
    if (onDone) onDone();
    else router.refresh();
  }

  return (
    <form id={id} noValidate onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was done. Load the page again to see."
        />
      </DialogBody>
      <DialogFooter>
        <AlertDialogCancel asChild>
          <Button>Keep it</Button>
        </AlertDialogCancel>
        <Button type="submit" form={id} variant="danger" loading={busy}>
          {action}
        </Button>
      </DialogFooter>
    </form>
  );
}
