"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { createAccountInput } from "@/lib/members/member-input";
import type { MemberChoices } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { MemberActions } from "./member-actions";
import { GroupsField, MemberRoleField, OwnerField, ownerOf } from "./member-fields";
import { useSending } from "./use-sending";

type AccountDialogProps = {
  choices: MemberChoices;
  words: GroupWords;
  createAccount: MemberActions["createAccount"];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Adds a member that nobody signs in as. */
export function AccountDialog({ open, onOpenChange, ...rest }: AccountDialogProps) {
  const focus = useReturnFocus(open);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Add a service account"
        description="A member that nobody can sign in as, for tokens that stay when people leave."
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <AccountForm {...rest} onMade={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type AccountFormProps = Pick<AccountDialogProps, "choices" | "words" | "createAccount"> & { onMade: () => void };

function AccountForm({ choices, words, createAccount, onMade }: AccountFormProps) {
  const id = useId();
  const router = useRouter();
  const [name, setName] = useState("");
  const [roleId, setRoleId] = useState("");
  const [owner, setOwner] = useState(() => (choices.people[0] ? `member:${choices.people[0].id}` : ""));
  const [groupIds, setGroupIds] = useState<string[]>([]);
  const { busy, trouble, errorOf, check, send } = useSending(["name", "role_id", "group_ids", "owner"]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = { name, role_id: roleId, group_ids: groupIds, owner: ownerOf(owner) };
    if (!check(createAccountInput, input)) return;
    const made = await send(() => createAccount(input));
    if (!made) return;
    onMade();
    toast.success("Service account added", {
      description: <bdi className="[overflow-wrap:anywhere]">{name.trim()}</bdi>,
    });
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether the account was added. Look for its name in the list before you try again."
        />
        <Field label="Name" required hint="What runs as it, such as nightly-export." error={errorOf("name")}>
          {(control) => (
            <Input
              {...control}
              name="account"
              value={name}
              onChange={(event) => setName(event.target.value)}
              dir="auto"
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <MemberRoleField
          roles={choices.roles}
          hint="The most that any token of it may do. Give it as little as it needs."
          value={roleId}
          onChange={setRoleId}
          error={errorOf("role_id")}
        />
        <OwnerField
          choices={choices}
          words={words}
          value={owner}
          onChange={setOwner}
          error={errorOf("owner") ?? errorOf("owner.id")}
        />
        <GroupsField
          groups={choices.groups}
          words={words}
          value={groupIds}
          onChange={setGroupIds}
          error={errorOf("group_ids")}
        />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={busy}>
          Add service account
        </Button>
      </DialogFooter>
    </form>
  );
}
