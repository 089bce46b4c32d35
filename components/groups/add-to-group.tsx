"use client";

import { UserRoundPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useSending } from "@/components/members/use-sending";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { addGroupMemberInput } from "@/lib/groups/group-input";
import type { GroupRow, GroupView } from "@/lib/groups/view-groups";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { GroupActions } from "./group-actions";

type AddToGroupProps = {
  group: GroupRow;
  words: GroupWords;
  /** Whom the reader can choose from; null where it can only name somebody. */
  candidates: GroupView["candidates"];
  add: GroupActions["add"];
};

/** Puts somebody into a group: chosen from those whom one sees, or named by email. */
export function AddToGroup(props: AddToGroupProps) {
  const [open, setOpen] = useState(false);
  const focus = useReturnFocus(open);
  const { group, words, candidates } = props;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <UserRoundPlus aria-hidden="true" className="size-4" />
        Add member
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent
          title={
            <>
              Add to <bdi>{group.name}</bdi>
            </>
          }
          description={
            candidates
              ? `They and the ${words.one} see each other from the next request on.`
              : "Only members of your organization can be added. Type the address that they sign in with."
          }
          onCloseAutoFocus={focus.onCloseAutoFocus}
        >
          <AddForm {...props} onDone={() => setOpen(false)} />
        </DialogContent>
      </Dialog>
    </>
  );
}

/** Names that are shown at once; typing finds the rest. */
const SHOWN = 30;

function AddForm({ group, candidates, add, onDone }: AddToGroupProps & { onDone: () => void }) {
  const id = useId();
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const { busy, trouble, errorOf, check, send } = useSending(["who.email", "who.member_id", "who"]);
  const sought = typed.trim().toLocaleLowerCase();
  const found = (candidates ?? []).filter(({ name, email }) =>
    `${name} ${email ?? ""}`.toLocaleLowerCase().includes(sought),
  );

  async function put(who: Parameters<GroupActions["add"]>[0]["who"]) {
    const added = await send(() => add({ id: group.id, who }));
    if (!added) return;
    onDone();
    toast.success("Added", { description: <bdi>{added.name}</bdi> });
    router.refresh();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const [only] = found;
    if (candidates && found.length === 1 && only) return void put({ member_id: only.id });
    const who = { email: typed.trim() };
    if (check(addGroupMemberInput, { id: group.id, who })) void put(who);
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was done. Trying again does no harm."
        />
        <Field
          label={candidates ? "Find by name or email" : "Email"}
          required={!candidates}
          error={errorOf("who.email") ?? errorOf("who.member_id") ?? errorOf("who")}
        >
          {(a11y) => (
            <Input
              {...a11y}
              type={candidates ? "search" : "email"}
              data-1p-ignore=""
              data-lpignore="true"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {candidates && (
          <ul
            aria-label="Members who are not in it"
            className="max-h-72 min-h-24 divide-y divide-line overflow-y-auto rounded-control border border-line"
          >
            {found.slice(0, SHOWN).map((candidate) => (
              <li key={candidate.id}>
                <button
                  type="button"
                  onClick={() => !busy && void put({ member_id: candidate.id })}
                  className="flex w-full items-center gap-3 px-3 py-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
                >
                  <Avatar name={candidate.name} seed={candidate.email ?? candidate.id} />
                  <span className="min-w-0 flex-1">
                    <span dir="auto" className="block truncate text-left">
                      {candidate.name}
                    </span>
                    <span className="block truncate text-soft text-xs">{candidate.email ?? "Service account"}</span>
                  </span>
                </button>
              </li>
            ))}
            {found.length === 0 && <li className="px-3 py-6 text-center text-sm text-soft">Nobody found.</li>}
            {found.length > SHOWN && (
              <li className="px-3 py-2 text-soft text-xs">And {found.length - SHOWN} more: type a part of the name.</li>
            )}
          </ul>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        {!candidates && (
          <Button type="submit" form={id} variant="primary" loading={busy}>
            Add member
          </Button>
        )}
      </DialogFooter>
    </form>
  );
}
