"use client";

import { Pencil, Trash2 } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AskFirst } from "@/components/shell/ask-first";
import { counted } from "@/components/tokens/counted";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import type { GroupView } from "@/lib/groups/view-groups";
import type { GroupWords } from "@/lib/organizations/group-words";
import { plainSentence } from "@/lib/refusal";
import { AddToGroup } from "./add-to-group";
import type { GroupActions } from "./group-actions";
import { GroupMemberLine } from "./group-member-line";
import { GroupNameDialog } from "./group-name-dialog";

type GroupScreenProps = {
  view: GroupView;
  words: GroupWords;
  /** The reader, who may be in it. */
  you: string;
  actions: GroupActions;
};

/** One group: who is in it, and who looks after it. */
export function GroupScreen({ view, words, you, actions }: GroupScreenProps) {
  const { group, members, mayWrite, candidates } = view;
  const router = useRouter();
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const keeps = group.accounts > 0 ? plainSentence("group_owns_accounts") : null;
  return (
    <>
      <PageHeader
        back={{ href: "/groups", label: words.title }}
        title={<span dir="auto">{group.name}</span>}
        description={
          <>
            {counted(group.members, "member")}
            {group.accounts > 0 && `. Its administrators answer for ${counted(group.accounts, "service account")}.`}
          </>
        }
        actionsAt="top"
        actions={
          mayWrite && (
            <>
              <Button onClick={() => setDialog("rename")}>
                <Pencil aria-hidden="true" className="size-4" />
                Rename
              </Button>
              <Button variant="danger-quiet" disabledReason={keeps} onClick={() => setDialog("delete")}>
                <Trash2 aria-hidden="true" className="size-4" />
                Delete
              </Button>
            </>
          )
        }
      />
      <div className="mt-5">
        <Card aria-label="Members">
          <CardHeader
            title="Members"
            description={`They see each other. ${words.administrator}s add and remove members here, and do nothing else beyond their own role.`}
            action={
              group.mayManage && <AddToGroup group={group} words={words} candidates={candidates} add={actions.add} />
            }
          />
          {members.length === 0 ? (
            <p className="px-5 py-8 text-center text-sm text-soft">
              {group.members > 0 ? "Your role does not show you who is in it." : "Nobody is in it yet."}
            </p>
          ) : (
            <ul className="divide-y divide-line">
              {members.map((member) => (
                <GroupMemberLine
                  key={member.id}
                  group={group}
                  member={member}
                  words={words}
                  isYou={member.id === you}
                  actions={member.mayChange ? actions : null}
                />
              ))}
            </ul>
          )}
        </Card>
      </div>
      <GroupNameDialog
        group={group}
        words={words}
        actions={actions}
        open={dialog === "rename"}
        onOpenChange={(open) => setDialog(open ? "rename" : null)}
      />
      <AskFirst
        title={
          <>
            Delete <bdi>{group.name}</bdi>?
          </>
        }
        description={`Its members stay in the organization. From their next request on they see each other only where they share another ${words.one}.`}
        action={`Delete ${words.one}`}
        done="Deleted"
        ask={() => actions.remove({ id: group.id })}
        onDone={() => router.replace("/groups" as Route)}
        open={dialog === "delete"}
        onOpenChange={(open) => setDialog(open ? "delete" : null)}
      />
    </>
  );
}
