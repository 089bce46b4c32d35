"use client";

import { ExternalLink, KeyRound, Pencil, UserRoundCheck, UserRoundX, UsersRound } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { Badge } from "@/components/ui/badge";
import { DropdownMenuItem, DropdownMenuSeparator } from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListedMember, MembersView } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import { plainSentence } from "@/lib/refusal";
import { EditMemberDialog } from "./edit-member-dialog";
import type { MemberActions } from "./member-actions";
import { GroupNames, memberColumns, memberFilters } from "./member-columns";
import { MemberStanding, PORTALS } from "./member-standing";
import { StandingDialog } from "./standing-dialog";

type MemberTableProps = {
  view: MembersView;
  words: GroupWords;
  actions: MemberActions;
};

export const tokensOf = (id: string) => `/settings/api-tokens?issued_by=${id}`;

export function MemberTable({ view, words, actions }: MemberTableProps) {
  // The member stays while its dialog closes, so that the words do not vanish before the dialog does.
  const [subject, setSubject] = useState<ListedMember | null>(null);
  const [dialog, setDialog] = useState<"edit" | "standing" | null>(null);
  const { rows, choices } = view;
  const grouped = rows.some(({ groups }) => groups.length > 0) || Boolean(choices && choices.groups.length > 0);

  function open(which: "edit" | "standing", row: ListedMember) {
    setSubject(row);
    setDialog(which);
  }

  return (
    <>
      <DataTable
        label="Members"
        noun={{ one: "member", many: "members" }}
        columns={memberColumns(grouped ? words : null)}
        rows={rows}
        page={{
          from: view.first,
          to: view.first + rows.length - 1,
          total: view.total,
          previous: view.previous,
          next: view.next,
        }}
        rowId={(row) => row.id}
        rowName={(row) => row.name}
        rowHref={(row) => `/members/${row.id}`}
        card={(row) => <MemberCard member={row} />}
        rowMenu={(row) => (
          <MemberRowMenu
            member={row}
            mayChange={choices !== null}
            onEdit={() => open("edit", row)}
            onStanding={() => open("standing", row)}
          />
        )}
        defaultSort="name"
        filters={memberFilters(view.facets)}
        searchPlaceholder="Search by name or email"
        empty={
          <EmptyState
            icon={UsersRound}
            title="Nobody here that you see"
            description="Members who share a group with you appear here."
          />
        }
      />
      {subject && choices && (
        <>
          <EditMemberDialog
            key={`edit ${subject.id}`}
            member={subject}
            choices={choices}
            words={words}
            actions={actions}
            open={dialog === "edit"}
            onOpenChange={(on) => setDialog(on ? "edit" : null)}
          />
          <StandingDialog
            key={`standing ${subject.id}`}
            member={subject}
            actions={actions}
            open={dialog === "standing"}
            onOpenChange={(on) => setDialog(on ? "standing" : null)}
          />
        </>
      )}
    </>
  );
}

type MemberRowMenuProps = {
  member: ListedMember;
  mayChange: boolean;
  onEdit: () => void;
  onStanding: () => void;
};

function MemberRowMenu({ member, mayChange, onEdit, onStanding }: MemberRowMenuProps) {
  const locked = member.locked && plainSentence(member.locked);
  return (
    <>
      <DropdownMenuItem asChild>
        <Link href={`/members/${member.id}` as Route}>
          <ExternalLink aria-hidden="true" />
          Open
        </Link>
      </DropdownMenuItem>
      {member.liveTokens !== null && (
        <DropdownMenuItem asChild>
          <Link href={tokensOf(member.id) as Route}>
            <KeyRound aria-hidden="true" />
            Tokens
          </Link>
        </DropdownMenuItem>
      )}
      {mayChange && (
        <>
          <DropdownMenuSeparator />
          <DropdownMenuItem disabledReason={locked} onSelect={onEdit}>
            <Pencil aria-hidden="true" />
            Change…
          </DropdownMenuItem>
          {member.status === "active" ? (
            <DropdownMenuItem danger disabledReason={locked} onSelect={onStanding}>
              <UserRoundX aria-hidden="true" />
              Deactivate…
            </DropdownMenuItem>
          ) : (
            <DropdownMenuItem disabledReason={locked} onSelect={onStanding}>
              <UserRoundCheck aria-hidden="true" />
              Reactivate…
            </DropdownMenuItem>
          )}
        </>
      )}
    </>
  );
}

/** A member on a narrow screen: standing and role, then groups and tokens. */
function MemberCard({ member }: { member: ListedMember }) {
  const { role, status, groups, portal, liveTokens, kind } = member;
  return (
    <div className="grid gap-1 text-sm text-soft">
      <div className="flex h-5 min-w-0 items-center gap-2">
        <span className="text-ink">
          <MemberStanding status={status} />
        </span>
        <Dot />
        <Badge dir="auto" title={role.name} className="min-w-0">
          {role.name}
        </Badge>
        {kind === "person" && portal === "hub" && (
          <>
            <Dot />
            <span className="shrink-0">{PORTALS.hub}</span>
          </>
        )}
        {liveTokens !== null && (
          <span className="ml-auto shrink-0 tabular-nums">
            {liveTokens.toLocaleString("en")} {liveTokens === 1 ? "token" : "tokens"}
          </span>
        )}
      </div>
      {groups.length > 0 && <GroupNames groups={groups} />}
    </div>
  );
}

const Dot = () => (
  <span aria-hidden="true" className="shrink-0 text-faint">
    ·
  </span>
);
