"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useSending } from "@/components/members/use-sending";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { createPermissionInput, updatePermissionInput } from "@/lib/permissions/permission-input";
import type { PermissionActions } from "./role-actions";

type PermissionDialogProps = {
  /** Null makes a new one. */
  permission: { name: string; description: string } | null;
  actions: PermissionActions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Adds a permission of the organization's own, or changes what is said of one. */
export function PermissionDialog({ permission, actions, open, onOpenChange }: PermissionDialogProps) {
  const focus = useReturnFocus(open);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={
          permission ? (
            <>
              Change <code className="font-mono">{permission.name}</code>
            </>
          ) : (
            "Add permission"
          )
        }
        description={
          permission
            ? "The name stays, since programs ask for it."
            : "Roles that administer the organization hold it at once; put it into others as you like."
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <PermissionForm permission={permission} actions={actions} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type PermissionFormProps = Pick<PermissionDialogProps, "permission" | "actions"> & { onDone: () => void };

function PermissionForm({ permission, actions, onDone }: PermissionFormProps) {
  const id = useId();
  const router = useRouter();
  const [name, setName] = useState(permission?.name ?? "");
  const [description, setDescription] = useState(permission?.description ?? "");
  const { busy, trouble, errorOf, check, send } = useSending(["name", "description"]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = { name, description };
    if (busy || !check(permission ? updatePermissionInput : createPermissionInput, input)) return;
    if (!(await send(() => (permission ? actions.update(input) : actions.create(input))))) return;
    onDone();
    toast.success(permission ? "Description changed" : "Permission added", {
      description: <code className="font-mono">{name}</code>,
    });
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was saved. What you entered is kept, and trying again does no harm."
        />
        {!permission && (
          <Field label="Name" required hint="What it is about, a colon, what is done." error={errorOf("name")}>
            {(a11y) => (
              <Input
                {...a11y}
                mono
                autoCapitalize="off"
                spellCheck={false}
                placeholder="events:read"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
        )}
        <Field
          label="Description"
          required
          hint="What it allows, for the person who grants it."
          error={errorOf("description")}
          counter={{ length: [...description].length, max: 200 }}
        >
          {(a11y) => (
            <Input
              {...a11y}
              dir="auto"
              placeholder="Read events as they happen"
              value={description}
              onChange={(event) => setDescription(event.target.value)}
            />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={busy}>
          {permission ? "Save changes" : "Add permission"}
        </Button>
      </DialogFooter>
    </form>
  );
}
