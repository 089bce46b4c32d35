"use client";

import { Bot, UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { MemberChoices } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import { AccountDialog } from "./account-dialog";
import { InviteDialog } from "./invite-dialog";
import type { MemberActions } from "./member-actions";

type AddMemberProps = { choices: MemberChoices; words: GroupWords; actions: MemberActions };

/** The two ways to a new member: a person by invitation, a program at once. */
export function AddMember({ choices, words, actions }: AddMemberProps) {
  const [dialog, setDialog] = useState<"invite" | "account" | null>(null);
  return (
    <>
      <Button onClick={() => setDialog("account")}>
        <Bot aria-hidden="true" className="size-4" />
        Add service account
      </Button>
      <Button variant="primary" onClick={() => setDialog("invite")}>
        <UserRoundPlus aria-hidden="true" className="size-4" />
        Invite member
      </Button>
      <InviteDialog
        choices={choices}
        words={words}
        invite={actions.invite}
        open={dialog === "invite"}
        onOpenChange={(open) => setDialog(open ? "invite" : null)}
      />
      <AccountDialog
        choices={choices}
        words={words}
        createAccount={actions.createAccount}
        open={dialog === "account"}
        onOpenChange={(open) => setDialog(open ? "account" : null)}
      />
    </>
  );
}
