"use client";

import type { Route } from "next";
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
import { createGroupInput } from "@/lib/groups/group-input";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { GroupActions } from "./group-actions";

type GroupNameDialogProps = {
  /** Null makes a new one, and leads to its page. */
  group: { id: string; name: string } | null;
  words: GroupWords;
  actions: Pick<GroupActions, "create" | "rename">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function GroupNameDialog({ open, onOpenChange, ...rest }: GroupNameDialogProps) {
  const focus = useReturnFocus(open);
  const { group, words } = rest;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={group ? `Rename ${words.one}` : `Add ${words.one}`}
        description={group ? "Who is in it stays as it is." : "Its members are chosen on its own page."}
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <NameForm {...rest} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type NameFormProps = Omit<GroupNameDialogProps, "open" | "onOpenChange"> & { onDone: () => void };

function NameForm({ group, words, actions, onDone }: NameFormProps) {
  const id = useId();
  const router = useRouter();
  const [name, setName] = useState(group?.name ?? "");
  const { busy, trouble, errorOf, check, send } = useSending(["name"]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || !check(createGroupInput, { name })) return;
    const saved = await send(() => (group ? actions.rename({ id: group.id, name }) : actions.create({ name })));
    if (!saved) return;
    onDone();
    toast.success(group ? "Name changed" : `${capital(words.one)} added`, { description: <bdi>{name}</bdi> });
    if (group) router.refresh();
    else router.push(`/groups/${saved.id}` as Route);
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was saved. What you entered is kept, and trying again does no harm."
        />
        <Field label="Name" required error={errorOf("name")} counter={{ length: [...name].length, max: 80 }}>
          {(a11y) => <Input {...a11y} dir="auto" value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={busy}>
          {group ? "Save name" : `Add ${words.one}`}
        </Button>
      </DialogFooter>
    </form>
  );
}

const capital = (word: string) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
