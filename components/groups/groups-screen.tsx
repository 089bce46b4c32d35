"use client";

import { Boxes, Plus } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { counted } from "@/components/tokens/counted";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import type { GroupRow, GroupsView } from "@/lib/groups/view-groups";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { GroupActions } from "./group-actions";
import { GroupNameDialog } from "./group-name-dialog";

type GroupsScreenProps = {
  view: GroupsView;
  words: GroupWords;
  /** Whether groups bound what members see. */
  switchedOn: boolean;
  /** Whether the reader can switch them on. */
  administers: boolean;
  bounded: boolean;
  actions: Pick<GroupActions, "create" | "rename">;
};

/** The groups that open to the reader, in the organization's own word. */
export function GroupsScreen({ view, words, switchedOn, administers, bounded, actions }: GroupsScreenProps) {
  const { rows, mayWrite } = view;
  const [adding, setAdding] = useState(false);
  const add = mayWrite && (
    <Button variant="primary" onClick={() => setAdding(true)}>
      <Plus aria-hidden="true" className="size-4" />
      Add {words.one}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={words.title}
        description={
          bounded
            ? `The ${words.many} that you are in. You see their members, and nobody else.`
            : switchedOn
              ? `Members see whoever shares a ${words.one} with them; administrators see everybody.`
              : `Who belongs together, and who looks after whom.`
        }
        actions={rows.length > 0 && add}
      />
      {!switchedOn && (
        <div className="mt-5">
          <Notice
            title={`${words.title} bound nobody yet`}
            action={administers && <Link href={"/settings/general" as Route}>General settings</Link>}
          >
            Once they are switched on, members who administer nothing see only the members, tokens and events of their
            own {words.many}, in the console and through their tokens. You can sort everybody in before.
          </Notice>
        </div>
      )}
      <div className="mt-5">
        {rows.length === 0 ? (
          <div className="rounded-surface border border-line bg-panel">
            <EmptyState
              icon={Boxes}
              title={bounded ? `You are in no ${words.one}` : `No ${words.many} yet`}
              description={
                bounded
                  ? `Until somebody puts you into one, you see yourself alone. Ask an administrator.`
                  : `Divide your members into ${words.many}, and let some of them look after their own.`
              }
              action={add}
            />
          </div>
        ) : (
          <GroupTable rows={rows} words={words} />
        )}
      </div>
      <GroupNameDialog group={null} words={words} actions={actions} open={adding} onOpenChange={setAdding} />
    </>
  );
}

function GroupTable({ rows, words }: { rows: GroupRow[]; words: GroupWords }) {
  return (
    <div className="rounded-surface border border-line bg-panel max-sm:border-0 max-sm:bg-transparent">
      <table aria-label={words.title} className="w-full text-sm max-sm:block">
        <thead className="text-left text-soft text-xs max-sm:hidden">
          <tr className="*:h-10 *:px-4 *:font-medium *:whitespace-nowrap">
            <th scope="col">Name</th>
            <th scope="col">Administrators</th>
            <th scope="col" className="w-28 text-right">
              Members
            </th>
            <th scope="col" className="w-36 text-right">
              Service accounts
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:grid max-sm:grid-cols-[minmax(0,1fr)] max-sm:gap-2">
          {rows.map((group) => (
            <tr
              key={group.id}
              className="relative *:h-13 *:border-line *:border-t *:px-4 hover:bg-hover max-sm:block max-sm:rounded-surface max-sm:border max-sm:border-line max-sm:bg-panel max-sm:px-4 max-sm:py-3 max-sm:*:h-auto max-sm:*:border-0 max-sm:*:p-0"
            >
              <th
                scope="row"
                className="max-w-80 text-left font-medium max-sm:block max-sm:max-w-none max-sm:text-base"
              >
                <span className="flex min-w-0 items-center gap-2">
                  <Link
                    href={`/groups/${group.id}` as Route}
                    dir="auto"
                    title={group.name}
                    className="truncate after:absolute after:inset-0"
                  >
                    {group.name}
                  </Link>
                  {group.isYours && <Badge>Yours</Badge>}
                </span>
              </th>
              <td className="max-w-0 truncate text-soft max-sm:hidden">
                <bdi title={names(group)}>{names(group) || "–"}</bdi>
              </td>
              <td className="text-right max-sm:hidden">{group.members.toLocaleString("en")}</td>
              <td className="text-right max-sm:hidden">{group.accounts.toLocaleString("en")}</td>
              <td className="block text-soft sm:hidden">
                <p className="mt-1">
                  {counted(group.members, "member")}
                  {group.accounts > 0 && ` · answers for ${counted(group.accounts, "service account")}`}
                </p>
                {group.administrators && group.administrators.length > 0 && (
                  <p className="truncate">
                    led by <bdi>{names(group)}</bdi>
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const names = ({ administrators }: GroupRow) => administrators?.map(({ name }) => name).join(", ");
