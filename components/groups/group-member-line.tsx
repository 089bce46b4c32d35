"use client";

import { Ellipsis, ShieldCheck, ShieldOff, UserRoundMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AskFirst } from "@/components/shell/ask-first";
import { askServer, troubleOf } from "@/components/tokens/form-answer";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { StatusDot } from "@/components/ui/status-dot";
import { toast } from "@/components/ui/toast";
import type { GroupMemberRow, GroupRow } from "@/lib/groups/view-groups";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { GroupActions } from "./group-actions";

type GroupMemberLineProps = {
  group: GroupRow;
  member: GroupMemberRow;
  words: GroupWords;
  isYou: boolean;
  /** Null where the reader may only look. */
  actions: Pick<GroupActions, "take" | "appoint"> | null;
};

export function GroupMemberLine({ group, member, words, isYou, actions }: GroupMemberLineProps) {
  const router = useRouter();
  const [removing, setRemoving] = useState(false);
  const of = { id: group.id, member_id: member.id };

  async function appoint(appointing: GroupActions["appoint"]) {
    const result = await askServer(() => appointing({ ...of, is_administrator: !member.isAdministrator }));
    if (result.ok) {
      toast.success(member.isAdministrator ? `No longer a ${words.administrator.toLowerCase()}` : words.administrator, {
        description: <bdi>{member.name}</bdi>,
      });
    } else {
      const trouble = troubleOf(result);
      toast.error(trouble && "sentence" in trouble ? trouble.sentence : "It is not certain whether it was done.");
    }
    router.refresh();
  }

  return (
    <li className="flex items-center gap-3 px-5 py-2.5 text-sm max-sm:px-4">
      <Avatar name={member.name} seed={member.email ?? member.id} size="lg" />
      <div className="min-w-0 flex-1">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span dir="auto" title={member.name} className="truncate text-left font-medium">
            {member.name}
          </span>
          {isYou && <Badge>You</Badge>}
          {member.isAdministrator && <Badge>{words.administrator}</Badge>}
        </p>
        <p className="flex min-w-0 flex-wrap gap-x-3 text-soft text-xs">
          <span className="truncate">{member.email ?? "Service account"}</span>
          {member.status === "deactivated" && <StatusDot tone="grey">Deactivated</StatusDot>}
        </p>
      </div>
      {actions && (
        <>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${member.name}`}>
                <Ellipsis aria-hidden="true" className="size-4" />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent>
              {member.kind === "person" && (
                <DropdownMenuItem onSelect={() => void appoint(actions.appoint)}>
                  {member.isAdministrator ? <ShieldOff aria-hidden="true" /> : <ShieldCheck aria-hidden="true" />}
                  {member.isAdministrator ? "No longer administrator" : `Make ${words.administrator.toLowerCase()}`}
                </DropdownMenuItem>
              )}
              <DropdownMenuItem danger onSelect={() => setRemoving(true)}>
                <UserRoundMinus aria-hidden="true" />
                Remove
              </DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
          <AskFirst
            title={
              <>
                Remove <bdi>{member.name}</bdi> from <bdi>{group.name}</bdi>?
              </>
            }
            description={`From the next request on they no longer see this ${words.one}, nor through their tokens.${isYou ? " That is you." : ""}`}
            action="Remove"
            done="Removed"
            ask={() => actions.take(of)}
            open={removing}
            onOpenChange={setRemoving}
          />
        </>
      )}
    </li>
  );
}
