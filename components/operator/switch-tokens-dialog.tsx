"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { counted } from "@/components/tokens/counted";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "@/components/tokens/form-answer";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { Action } from "@/lib/auth/action-result";
import type { OrganizationRow } from "@/lib/organizations/list-organizations";

type SwitchTokensDialogProps = {
  organization: OrganizationRow;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  switchTokens: Action<{ tokensEnabled: boolean }>;
};

const LONGEST_REASON = 500;

/** Asks for the reason, and says how many tokens stop or come back. */
export function SwitchTokensDialog({ open, onOpenChange, ...rest }: SwitchTokensDialogProps) {
  const [busy, setBusy] = useState(false);
  const { name, tokensEnabled: on } = rest.organization;
  return (
    <Dialog open={open} onOpenChange={(next) => !busy && onOpenChange(next)}>
      <DialogContent
        title={
          <>
            Switch API tokens {on ? "off" : "on"} for <bdi>{name}</bdi>?
          </>
        }
        description={consequence(rest.organization)}
      >
        <SwitchForm {...rest} onBusy={setBusy} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function consequence({ tokensEnabled, liveTokens, requests }: OrganizationRow): string {
  if (tokensEnabled) {
    const stops =
      liveTokens === 0
        ? "It has no active token now."
        : `${counted(liveTokens, "active token stops", "active tokens stop")} at the next call.`;
    return `${stops} Nothing is deleted: what is active works again once tokens are on.`;
  }
  const back =
    liveTokens === 0
      ? "Its members can create tokens from then on."
      : `${counted(liveTokens, "active token works", "active tokens work")} again at the next call.`;
  return requests === 0 ? back : `${back} ${counted(requests, "request is", "requests are")} answered by it.`;
}

type SwitchFormProps = Pick<SwitchTokensDialogProps, "organization" | "switchTokens"> & {
  onBusy: (busy: boolean) => void;
  onDone: () => void;
};

function SwitchForm({ organization, switchTokens, onBusy, onDone }: SwitchFormProps) {
  const id = useId();
  const router = useRouter();
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const on = organization.tokensEnabled;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    if (on && !reason.trim()) return setWrong("Say why: the members of the organization read it.");
    setBusy(true);
    onBusy(true);
    setTrouble(null);
    const input = { organization_id: organization.id, enabled: !on, reason: reason.trim() || null };
    const result = await askServer(() => switchTokens(input));
    setBusy(false);
    onBusy(false);
    if (!result.ok) {
      if ("invalid" in result) return setWrong(result.invalid.map(({ message }) => message).join(" "));
      return setTrouble(troubleOf(result));
    }
    onDone();
    toast.success(on ? "API tokens are off: every call is refused" : "API tokens are on");
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was switched. Trying again does no harm."
        />
        <Field
          label="Reason"
          hint={on ? "The members of the organization read it." : "For the history."}
          error={wrong}
          optional={!on}
          required={on}
          counter={{ length: reason.length, max: LONGEST_REASON }}
        >
          {(control) => (
            <Textarea
              {...control}
              name="reason"
              value={reason}
              onChange={({ target }) => {
                setReason(target.value);
                setWrong(null);
              }}
            />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant={on ? "danger" : "primary"} loading={busy}>
          {on ? "Switch off" : "Switch on"}
        </Button>
      </DialogFooter>
    </form>
  );
}
