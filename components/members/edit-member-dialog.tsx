"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { updateMemberInput } from "@/lib/members/member-input";
import type { ListedMember, MemberChoices } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import { FollowingTokens } from "./following-tokens";
import type { MemberActions } from "./member-actions";
import { choiceOf, GroupsField, MemberRoleField, OwnerField, ownerOf, PortalField } from "./member-fields";
import { useSending } from "./use-sending";

type EditMemberDialogProps = {
  member: ListedMember;
  choices: MemberChoices;
  words: GroupWords;
  actions: Pick<MemberActions, "update" | "tokens">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function EditMemberDialog({ open, onOpenChange, ...rest }: EditMemberDialogProps) {
  const focus = useReturnFocus(open);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={
          <>
            Change <bdi>{rest.member.name}</bdi>
          </>
        }
        description="It takes effect on the next request, and on the next call of every token."
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <EditForm {...rest} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type EditFormProps = Omit<EditMemberDialogProps, "open" | "onOpenChange"> & { onDone: () => void };

function EditForm({ member, choices, words, actions, onDone }: EditFormProps) {
  const id = useId();
  const router = useRouter();
  const givable = new Set(choices.groups.map((group) => group.id));
  const had = member.groups.map((group) => group.id).filter((group) => givable.has(group));
  const [roleId, setRoleId] = useState(member.role.id);
  const [portal, setPortal] = useState(member.portal);
  const [groupIds, setGroupIds] = useState(had);
  const [owner, setOwner] = useState(choiceOf(member.owner));
  const { busy, trouble, errorOf, check, send } = useSending(["role_id", "portal", "group_ids", "owner"]);
  const isService = member.kind === "service";

  async function submit(event: FormEvent) {
    event.preventDefault();
    const change = {
      ...(roleId === member.role.id ? {} : { role_id: roleId }),
      ...(portal === member.portal ? {} : { portal }),
      ...(sameIds(groupIds, had) ? {} : { group_ids: groupIds }),
      ...(owner === choiceOf(member.owner) ? {} : { owner: ownerOf(owner) }),
    };
    if (Object.keys(change).length === 0) return onDone();
    if (!check(updateMemberInput, { id: member.id, change })) return;
    if (!(await send(() => actions.update({ id: member.id, change })))) return;
    onDone();
    toast.success("Changes saved", { description: <bdi className="[overflow-wrap:anywhere]">{member.name}</bdi> });
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was saved. What you chose is kept, and trying again does no harm."
        />
        <MemberRoleField
          roles={choices.roles}
          hint="A lower role makes every token of the member weaker at its next call."
          value={roleId}
          onChange={setRoleId}
          error={errorOf("role_id")}
        />
        {roleId !== member.role.id && <FollowingTokens member={member} tokens={actions.tokens} />}
        {isService && (
          <OwnerField choices={choices} words={words} value={owner} onChange={setOwner} error={errorOf("owner")} />
        )}
        <GroupsField
          groups={choices.groups}
          words={words}
          value={groupIds}
          onChange={setGroupIds}
          error={errorOf("group_ids")}
        />
        {!isService && <PortalField value={portal} onChange={setPortal} error={errorOf("portal")} />}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={busy}>
          Save changes
        </Button>
      </DialogFooter>
    </form>
  );
}

const sameIds = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((id) => b.includes(id));
