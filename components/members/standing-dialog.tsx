"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { DialogBody, DialogFooter } from "@/components/ui/dialog";
import { FadingList } from "@/components/ui/fading-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import type { ListedMember } from "@/lib/members/member-list";
import type { MemberActions } from "./member-actions";
import { useSending } from "./use-sending";
import { useTokensOf } from "./use-tokens-of";

type StandingDialogProps = {
  member: ListedMember;
  actions: Pick<MemberActions, "deactivate" | "reactivate" | "tokens">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Asks before a member is shut out, and names the tokens that stop; or lets the member in again. */
export function StandingDialog({ open, onOpenChange, member, actions }: StandingDialogProps) {
  const focus = useReturnFocus(open);
  const isService = member.kind === "service";
  const active = member.status === "active";
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent
        title={
          <>
            {active ? "Deactivate" : "Reactivate"} <bdi>{member.name}</bdi>?
          </>
        }
        description={
          active
            ? isService
              ? "Its tokens are refused at their next call. Nothing is deleted: reactivating brings everything back."
              : member.isYou
                ? "You are signed out at once and need another administrator to come back. Your tokens are refused at their next call. Nothing is deleted."
                : "They are shut out at their next click, and their tokens are refused at their next call. Nothing is deleted: reactivating brings everything back."
            : isService
              ? "Its tokens work again at once, those that have not expired meanwhile."
              : "They can sign in again, and their tokens work again at once, those that have not expired meanwhile."
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <StandingForm member={member} actions={actions} onDone={() => onOpenChange(false)} />
      </AlertDialogContent>
    </AlertDialog>
  );
}

type StandingFormProps = Pick<StandingDialogProps, "member" | "actions"> & { onDone: () => void };

function StandingForm({ member, actions, onDone }: StandingFormProps) {
  const id = useId();
  const router = useRouter();
  const [active] = useState(member.status === "active");
  const { busy, trouble, send } = useSending();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const change = active ? actions.deactivate : actions.reactivate;
    if (!(await send(() => change({ id: member.id })))) return;
    onDone();
    toast.success(active ? "Member deactivated" : "Member reactivated", {
      description: <bdi className="[overflow-wrap:anywhere]">{member.name}</bdi>,
    });
    router.refresh();
  }

  return (
    <form id={id} noValidate onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was done. Trying again does no harm."
        />
        {active && <StoppedTokens memberId={member.id} tokens={actions.tokens} />}
      </DialogBody>
      <DialogFooter>
        <AlertDialogCancel asChild>
          <Button>{active ? "Keep active" : "Cancel"}</Button>
        </AlertDialogCancel>
        <Button type="submit" form={id} variant={active ? "danger" : "primary"} loading={busy}>
          {active ? "Deactivate" : "Reactivate"}
        </Button>
      </DialogFooter>
    </form>
  );
}

/** The live tokens that stop, the last used first: those are what somebody will miss. */
function StoppedTokens({ memberId, tokens }: { memberId: string; tokens: MemberActions["tokens"] }) {
  const found = useTokensOf(memberId, tokens);
  if (found === "loading") return <Skeleton className="h-16 w-full" />;
  if (found === "unknown")
    return <p className="text-soft text-sm">Which tokens this stops could not be looked up. All of them do.</p>;
  if (found.live === 0) return <p className="text-soft text-sm">No active token that you see stops with this.</p>;
  const more = found.live - found.named.length;
  return (
    <section aria-label="Tokens that stop" className="grid gap-2">
      <p className="font-medium text-sm">
        {found.live === 1 ? "One active token stops" : `${found.live.toLocaleString("en")} active tokens stop`}
      </p>
      <FadingList className="max-h-52 rounded-control">
        {found.named.map((token) => (
          <li key={token.id} className="flex items-baseline justify-between gap-4 px-3 py-2 text-sm">
            <span className="min-w-0">
              <span dir="auto" title={token.name} className="block truncate text-left">
                {token.name}
              </span>
              <code className="font-mono text-soft text-xs">{token.masked}</code>
            </span>
            <span className="shrink-0 text-soft text-xs">
              {token.lastUsedAt ? (
                <>
                  used <RelativeTime value={token.lastUsedAt} />
                </>
              ) : (
                "never used"
              )}
            </span>
          </li>
        ))}
      </FadingList>
      {more > 0 && <p className="text-soft text-sm">And {more.toLocaleString("en")} more.</p>}
    </section>
  );
}
