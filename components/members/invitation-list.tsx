"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { TroubleNotice } from "@/components/tokens/form-answer";
import { useReturnFocus } from "@/components/tokens/return-focus";
import { AlertDialog, AlertDialogCancel, AlertDialogContent } from "@/components/ui/alert-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { Dialog, DialogBody, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusDot } from "@/components/ui/status-dot";
import { toast } from "@/components/ui/toast";
import type { InvitationRow } from "@/lib/members/open-invitations";
import { InvitationLinkPanel } from "./invitation-link-panel";
import type { InvitationLink, MemberActions } from "./member-actions";
import { useSending } from "./use-sending";

type InvitationListProps = {
  invitations: (InvitationRow & { isOver: boolean })[];
  actions: Pick<MemberActions, "renew" | "withdraw">;
};

/** As many as stand above the members before one asks for all. */
const FEW = 3;

/** Who was invited and has not come yet. */
export function InvitationList({ invitations, actions }: InvitationListProps) {
  const router = useRouter();
  const [all, setAll] = useState(false);
  // One that would be hidden alone takes no more room than the button that shows it.
  const shown = all || invitations.length === FEW + 1 ? invitations : invitations.slice(0, FEW);
  const [made, setMade] = useState<InvitationLink | null>(null);
  const [leaving, setLeaving] = useState<InvitationRow | null>(null);
  const [asking, setAsking] = useState(false);
  const renewal = useSending();
  const focus = useReturnFocus(made !== null);

  async function renew(id: string) {
    const link = await renewal.send(() => actions.renew({ id }));
    if (link) setMade(link);
  }

  return (
    <Card aria-label="Invitations">
      <CardHeader title="Invitations" description="They become members once they accept." />
      {renewal.trouble && (
        <div className="p-4 pb-0">
          <TroubleNotice
            trouble={renewal.trouble}
            uncertain="It is not certain whether a new link was made. Try again: the newest is the one that works."
          />
        </div>
      )}
      <ul className="divide-y divide-line">
        {shown.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-3 text-sm max-sm:px-4">
            <div className="min-w-0 flex-1 basis-64">
              <p className="truncate font-medium" title={invitation.email}>
                {invitation.email}
              </p>
              <p className="text-soft text-xs">
                by <bdi>{invitation.invitedBy.name}</bdi> · <RelativeTime value={invitation.createdAt} />
              </p>
            </div>
            <Badge dir="auto" className="max-w-40!">
              {invitation.role.name}
            </Badge>
            <span className="w-40">
              {invitation.isOver ? (
                <StatusDot tone="amber">Too old</StatusDot>
              ) : (
                <StatusDot tone="blue">
                  <span>
                    Ends <RelativeTime value={invitation.expiresAt} />
                  </span>
                </StatusDot>
              )}
            </span>
            <span className="flex gap-2">
              <Button size="sm" onClick={() => void renew(invitation.id)}>
                New link
                <span className="sr-only"> for {invitation.email}</span>
              </Button>
              <Button
                size="sm"
                variant="danger-quiet"
                onClick={() => {
                  setLeaving(invitation);
                  setAsking(true);
                }}
              >
                Withdraw
                <span className="sr-only"> the invitation of {invitation.email}</span>
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {invitations.length > FEW + 1 && (
        <CardFooter className="justify-start!">
          <Button size="sm" variant="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? "Show fewer" : `Show all ${invitations.length.toLocaleString("en")}`}
            <span className="sr-only"> invitations</span>
          </Button>
        </CardFooter>
      )}
      <Dialog
        open={made !== null}
        onOpenChange={(open) => {
          if (open) return;
          setMade(null);
          router.refresh();
        }}
      >
        <DialogContent
          title="Send this link"
          description="The link from before no longer opens anything."
          onCloseAutoFocus={focus.onCloseAutoFocus}
        >
          {made && <InvitationLinkPanel invitation={made} />}
        </DialogContent>
      </Dialog>
      {leaving && (
        <WithdrawDialog
          key={leaving.id}
          invitation={leaving}
          withdraw={actions.withdraw}
          open={asking}
          onOpenChange={setAsking}
        />
      )}
    </Card>
  );
}

type WithdrawDialogProps = {
  invitation: InvitationRow;
  withdraw: MemberActions["withdraw"];
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

function WithdrawDialog({ invitation, withdraw, open, onOpenChange }: WithdrawDialogProps) {
  const router = useRouter();
  const focus = useReturnFocus(open);
  const { busy, trouble, send } = useSending();

  async function take() {
    if (!(await send(() => withdraw({ id: invitation.id })))) return;
    focus.leaveOrigin();
    onOpenChange(false);
    toast.success("Invitation withdrawn", { description: invitation.email });
    router.refresh();
  }

  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent
        title={`Withdraw the invitation of ${invitation.email}?`}
        description="Its link stops working at once. You can invite them again."
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        {trouble && (
          <DialogBody>
            <TroubleNotice
              trouble={trouble}
              uncertain="It is not certain whether it was withdrawn. Try again: it does no harm."
            />
          </DialogBody>
        )}
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Keep it</Button>
          </AlertDialogCancel>
          <Button variant="danger" loading={busy} onClick={() => void take()}>
            Withdraw invitation
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
