"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { useZone } from "@/components/ui/relative-time";
import { minuteText } from "@/components/ui/time-text";
import { toast } from "@/components/ui/toast";
import { refusalSentence } from "@/lib/refusal";
import { expiryChoices, expiryInstant, usualExpiry } from "@/lib/tokens/token-expiry-choices";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { TokenRow } from "@/lib/tokens/token-row";
import { counted } from "./counted";
import { ExpiryField, ExpiryMoment } from "./expiry-field";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import { useReturnFocus } from "./return-focus";
import type { ExtendAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";

type ExtendTokenDialogProps = {
  token: Pick<TokenRow, "id" | "name" | "expiresAt">;
  options: Pick<RenewalOptions, "expiry" | "expiryDays">;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  extend: ExtendAction;
};

/** Lets a token live longer, as far as the policy lets one be created now. Its secret stays. */
export function ExtendTokenDialog({ open, onOpenChange, ...rest }: ExtendTokenDialogProps) {
  const [saving, setSaving] = useState(false);
  const focus = useReturnFocus(open);
  const zone = useZone();
  const { token } = rest;
  return (
    <Dialog open={open} onOpenChange={(next) => !saving && onOpenChange(next)}>
      <DialogContent
        title="Extend expiry"
        description={
          <>
            <bdi className="[overflow-wrap:anywhere]">{token.name}</bdi> keeps its secret.
            {token.expiresAt && (
              <>
                {" "}
                Now it expires <ExpiryMoment instant={new Date(token.expiresAt)} zone={zone} />.
              </>
            )}
          </>
        }
        onCloseAutoFocus={focus.onCloseAutoFocus}
      >
        <ExtendForm {...rest} saving={saving} onSaving={setSaving} onClose={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

type ExtendFormProps = Omit<ExtendTokenDialogProps, "open" | "onOpenChange"> & {
  saving: boolean;
  onSaving: (saving: boolean) => void;
  onClose: () => void;
};

function ExtendForm({ token, options, extend, saving, onSaving, onClose }: ExtendFormProps) {
  const id = useId();
  const words = useTokenWords();
  const zone = useZone();
  const router = useRouter();
  const [now] = useState(() => new Date());
  const bounds = { ...options, after: token.expiresAt && new Date(token.expiresAt) };
  const [pick, setPick] = useState(() => usualExpiry(bounds, now));
  const offered = expiryChoices(bounds, now).length > 0;
  const [wrong, setWrong] = useState<string | undefined>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (saving) return;
    const instant = expiryInstant(pick, bounds, new Date(), zone);
    if (instant === undefined) return setWrong("Choose the last day on which it works.");
    if (instant && bounds.after && instant <= bounds.after)
      return setWrong(refusalSentence({ code: "expiry_not_later" }, words));
    setWrong(undefined);
    setTrouble(null);
    onSaving(true);
    const result = await askServer(() => extend({ id: token.id, expires_at: instant?.toISOString() ?? null }));
    onSaving(false);
    if (!result.ok) {
      if ("refusal" in result && result.refusal.field === "expires_at") return setWrong(result.refusal.sentence);
      return setTrouble(troubleOf(result) ?? { kind: "refused", sentence: "It cannot be extended." });
    }
    onClose();
    toast.success(instant ? `Expires ${minuteText(instant, zone)} now` : "It never expires now");
    router.refresh();
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody>
        <TroubleNotice
          trouble={trouble}
          uncertain="It is not certain whether it was extended. Look at its expiry, and try again if it is the old one."
        />
        {offered ? (
          <ExpiryField policy={bounds} pick={pick} onPick={setPick} error={wrong} now={now} />
        ) : (
          <p className="text-pretty text-sm">
            It cannot expire later: your organization allows at most {counted(options.expiryDays ?? 0, "day")} from
            today. <span className="text-soft">Come back when its expiry is nearer.</span>
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>{offered ? "Cancel" : "Close"}</Button>
        </DialogClose>
        {offered && (
          <Button type="submit" form={id} variant="primary" loading={saving}>
            Extend
          </Button>
        )}
      </DialogFooter>
    </form>
  );
}
