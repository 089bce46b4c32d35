"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { inviteMemberInput } from "@/lib/members/member-input";
import type { MemberChoices } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import { InvitationLinkPanel } from "./invitation-link-panel";
import type { InvitationLink, MemberActions } from "./member-actions";
import { GroupsField, MemberRoleField, PortalField } from "./member-fields";
import { useSending } from "./use-sending";

type InviteDialogProps = {
  choices: MemberChoices;
  words: GroupWords;
  invite: MemberActions["invite"];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Asks whom to invite as what, then shows the link, this once. */
export function InviteDialog({ choices, words, invite, open, onOpenChange }: InviteDialogProps) {
  const router = useRouter();
  const focus = useReturnFocus(open);
  const [made, setMade] = useState<InvitationLink | null>(null);

  function change(next: boolean) {
    onOpenChange(next);
    if (!next && made) router.refresh();
    // The link goes with the dialog.
    setMade(null);
  }

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        title={made ? "Send this link" : "Invite a member"}
        description={
          made ? undefined : "They get a link with which they choose a password, or join with the account they have."
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        {made ? (
          <InvitationLinkPanel invitation={made} />
        ) : (
          <InviteForm choices={choices} words={words} invite={invite} onMade={setMade} />
        )}
      </DialogContent>
    </Dialog>
  );
}

type InviteFormProps = Pick<InviteDialogProps, "choices" | "words" | "invite"> & {
  onMade: (made: InvitationLink) => void;
};

function InviteForm({ choices, words, invite, onMade }: InviteFormProps) {
  const id = useId();
  const [email, setEmail] = useState("");
  const [roleId, setRoleId] = useState("");
  const [portal, setPortal] = useState<"console" | "hub">("console");
  const [groupIds, setGroupIds] = useState<string[]>([]);
  const { busy, trouble, errorOf, check, send } = useSending(["email", "role_id", "portal", "group_ids"]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = { email, role_id: roleId, portal, group_ids: groupIds };
    if (!check(inviteMemberInput, input)) return;
    const made = await send(() => invite(input));
    if (made) onMade(made);
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether the invitation was made. Try again: a new one takes the place of an old one."
        />
        <Field label="Email" required error={errorOf("email")}>
          {(control) => (
            <Input
              {...control}
              type="email"
              name="invitee"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              placeholder="name@example.com"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <MemberRoleField
          roles={choices.roles}
          hint="Equal to or lower than your own."
          value={roleId}
          onChange={setRoleId}
          error={errorOf("role_id")}
        />
        <GroupsField
          groups={choices.groups}
          words={words}
          value={groupIds}
          onChange={setGroupIds}
          error={errorOf("group_ids")}
        />
        <PortalField value={portal} onChange={setPortal} error={errorOf("portal")} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={busy}>
          Create invitation
        </Button>
      </DialogFooter>
    </form>
  );
}
