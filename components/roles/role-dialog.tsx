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
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { RoleLoss } from "@/lib/roles/preview-role-loss";
import { createRoleInput } from "@/lib/roles/role-input";
import type { ComparedRole, RolesView } from "@/lib/roles/view-roles";
import type { TokenWords } from "@/lib/tokens/token-words";
import { PermissionPicker } from "./permission-picker";
import type { RoleActions } from "./role-actions";
import { RoleLosses } from "./role-losses";

type RoleDialogProps = {
  view: RolesView;
  /** Null makes a new one. */
  changing: ComparedRole | null;
  words: TokenWords;
  actions: RoleActions;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Makes a role of the organization's own, or changes one. */
export function RoleDialog({ open, onOpenChange, ...rest }: RoleDialogProps) {
  const focus = useReturnFocus(open);
  const { changing: role } = rest;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="lg"
        title={
          role ? (
            <>
              Change <bdi>{role.name}</bdi>
            </>
          ) : (
            "Add role"
          )
        }
        description={
          role
            ? "It bears on the next request of everybody who has it, and on the next call of every token."
            : "It may hold what you hold yourself."
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <RoleForm {...rest} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type RoleFormProps = Omit<RoleDialogProps, "open" | "onOpenChange"> & { onDone: () => void };

function RoleForm({ view, changing: role, words, actions, onDone }: RoleFormProps) {
  const id = useId();
  const router = useRouter();
  // What it had when the form was opened: the page may be read anew meanwhile.
  const [had] = useState(() => new Set(role?.permissions));
  const [name, setName] = useState(role?.name ?? "");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(had);
  const [losses, setLosses] = useState<RoleLoss[] | null>(null);
  const { busy, trouble, errorOf, check, send } = useSending(["name", "permissions"]);
  const grant = [...chosen].filter((permission) => !had.has(permission));
  const take = [...had].filter((permission) => !chosen.has(permission));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !check(createRoleInput, { name, permissions: [...chosen] })) return;
    if (role && losses === null && take.length > 0) {
      const found = await send(() => actions.losses({ id: role.id, take }));
      if (!found) return;
      // Who may not read members cannot be told that nobody loses it.
      const felt = found.filter(({ members, tokens }) => members !== 0 || tokens > 0);
      if (felt.length > 0) return setLosses(felt);
    }
    const renamed = name.trim() === role?.name ? {} : { name };
    const saved = await send(() =>
      role
        ? actions.update({ id: role.id, change: { ...renamed, grant, take } })
        : actions.create({ name, permissions: [...chosen] }),
    );
    if (!saved) return setLosses(null);
    onDone();
    toast.success(role ? "Role changed" : "Role added", { description: <bdi>{name}</bdi> });
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was saved. What you chose is kept, and trying again does no harm."
        />
        {losses ? (
          <RoleLosses losses={losses} catalogue={view.catalogue} words={words} />
        ) : (
          <>
            <Field label="Name" required error={errorOf("name")} counter={{ length: [...name].length, max: 60 }}>
              {(a11y) => <Input {...a11y} dir="auto" value={name} onChange={(event) => setName(event.target.value)} />}
            </Field>
            {!role && (
              <Field label="Start from" optional hint="Takes over what you hold of that role.">
                {(a11y) => (
                  <Select
                    {...a11y}
                    options={view.roles.map((each) => ({ value: each.id, label: each.name }))}
                    value={undefined}
                    placeholder="Choose a role to copy"
                    onValueChange={(from) => {
                      const copied = view.roles.find((each) => each.id === from)?.permissions ?? [];
                      setChosen(new Set(copied.filter((permission) => view.yours.includes(permission))));
                    }}
                  />
                )}
              </Field>
            )}
            <PermissionPicker view={view} value={chosen} onChange={setChosen} error={errorOf("permissions")} />
          </>
        )}
      </DialogBody>
      <DialogFooter>
        {losses ? (
          <Button onClick={() => setLosses(null)}>Back</Button>
        ) : (
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
        )}
        <Button type="submit" form={id} variant={losses ? "danger" : "primary"} loading={busy}>
          {losses ? "Take away and save" : role ? "Save changes" : "Add role"}
        </Button>
      </DialogFooter>
    </form>
  );
}
