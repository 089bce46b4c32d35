"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/radio-group";
import { NearDate, RelativeTime, useZone } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import { DEFAULT_OVERLAP_DAYS } from "@/lib/tokens/token-rotation";
import type { TokenRow } from "@/lib/tokens/token-row";
import { DAY } from "@/lib/tokens/token-status";
import { counted } from "./counted";
import { EndsUnused, movedExpiry } from "./ends-unused";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import { useReturnFocus } from "./return-focus";
import { SecretPanel } from "./secret-panel";
import type { RotateAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";
import { useShownSecret } from "./use-shown-secret";

const OVERLAPS = [0, 1, 3, 7];
/** What was called within this time is likely to be called again before its secret is in its place. */
const LATELY_MS = 7 * DAY;

type RotateTokenDialogProps = {
  token: TokenRow;
  options: Pick<RenewalOptions, "closing" | "secretShown">;
  apiUrl: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  rotate: RotateAction;
};

/** Says what a rotation does and asks how long the old secret goes on; then shows the new one, this once. */
export function RotateTokenDialog({ token, options, apiUrl, open, onOpenChange, rotate }: RotateTokenDialogProps) {
  const words = useTokenWords();
  const router = useRouter();
  const focus = useReturnFocus(open);
  const zone = useZone();
  const [busy, setBusy] = useState(false);
  const [overlap, setOverlap] = useState(DEFAULT_OVERLAP_DAYS);
  const isClient = token.kind === "cls";
  const { shown, show, clear, leave, panel } = useShownSecret({
    closing: options.closing,
    close: () => onOpenChange(false),
    onDone: (_, release) => {
      toast.success("The new secret waits for its first use", {
        description: "Until then everything goes on with the one that is in use.",
      });
      release(() => router.refresh());
    },
  });

  function change(next: boolean) {
    if (next || busy) return;
    if (shown?.secret) leave();
    else onOpenChange(false);
  }

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogContent
        title={
          shown ? (isClient ? "Copy your new client secret now" : "Copy your new token now") : `Rotate ${words.one}`
        }
        description={
          shown ? (
            <>
              <bdi title={token.name} className="line-clamp-2 font-medium text-ink">
                {token.name}
              </bdi>
              Shown only this once. The first use of it starts the change: from then on the old secret{" "}
              {afterFirstUse(overlap)}.{shown.token.expiresAt && <EndsUnused expiresAt={shown.token.expiresAt} />}
            </>
          ) : (
            <>
              Gives <bdi className="[overflow-wrap:anywhere]">{token.name}</bdi> a new secret. Its name, rights and
              history stay.
            </>
          )
        }
        dismissible={!shown || options.closing === "close"}
        onEscapeKeyDown={undefined}
        onInteractOutside={undefined}
        onCloseAutoFocus={(event) => {
          focus.onCloseAutoFocus(event);
          clear();
        }}
      >
        <p role="status" className="sr-only">
          {shown ? "The new secret was made. Copy it now: it is shown only this once." : ""}
        </p>
        {shown ? (
          <SecretPanel
            token={shown.token}
            secret={shown.secret}
            apiUrl={apiUrl}
            shown={options.secretShown}
            starts={`This is a first use: from then on the old secret ${afterFirstUse(overlap)}.`}
            lost="It cannot be shown again. The secret in use goes on as before, and you can rotate again for another."
            renewsTo={movedExpiry(shown.token.renewsTo, shown.token.expiresAt, zone)}
            {...panel}
          />
        ) : (
          <RotateForm
            token={token}
            rotate={rotate}
            overlap={overlap}
            onOverlap={setOverlap}
            busy={busy}
            onBusy={setBusy}
            onRotated={show}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

/** What becomes of the old secret, in the words that follow its name. */
const afterFirstUse = (overlap: number) =>
  overlap === 0 ? "is refused everywhere" : `works for ${counted(overlap, "more day")}`;

type RotateFormProps = Pick<RotateTokenDialogProps, "token" | "rotate"> & {
  overlap: number;
  onOverlap: (days: number) => void;
  busy: boolean;
  onBusy: (busy: boolean) => void;
  onRotated: (made: { token: TokenRow; secret: string }) => void;
};

function RotateForm({ token, rotate, overlap, onOverlap, busy, onBusy, onRotated }: RotateFormProps) {
  const id = useId();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const zone = useZone();
  const words = useTokenWords();
  const renewsTo = movedExpiry(token.renewsTo, token.expiresAt, zone);
  const [now] = useState(() => new Date());
  const waitingSince = token.rotation?.waitingSince;
  const oldEnd = token.rotation?.previousEndsAt;
  const cutShort = oldEnd && new Date(oldEnd).getTime() > now.getTime() ? oldEnd : null;
  const isBusy =
    overlap === 0 && token.lastUsedAt !== null && now.getTime() - new Date(token.lastUsedAt).getTime() < LATELY_MS;
  const callsToday = token.usage.at(-1) ?? 0;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    onBusy(true);
    setTrouble(null);
    const result = await askServer(() => rotate({ id: token.id, overlap_days: overlap }));
    onBusy(false);
    if (result.ok) onRotated(result.value);
    else setTrouble(troubleOf(result) ?? { kind: "refused", sentence: "It cannot be rotated." });
  }

  return (
    <form id={id} noValidate autoComplete="off" onSubmit={submit} className="contents">
      <DialogBody className="gap-5!">
        <TroubleNotice
          trouble={trouble}
          uncertain="If a new secret was made, it is lost. Rotate again: what waits is replaced, and the secret in use goes on."
        />
        {waitingSince && (
          <Notice tone="warning" title="A new secret waits already">
            It was made <RelativeTime value={waitingSince} />. It will be replaced and never work.
          </Notice>
        )}
        {cutShort && (
          <Notice tone="warning" title="An older secret still works">
            It was to end <RelativeTime value={cutShort} />. The first use of the new one ends it at once.
          </Notice>
        )}
        <ol className="grid gap-2.5 text-sm">
          <Step number={1}>You get a new secret now. It is shown once, and it waits.</Step>
          <Step number={2}>
            Everything goes on with the old one until the first use of the new one.
            {token.kind === "cls" && " A client secret is used where it is exchanged for an access token."}
            {token.expiresAt && <EndsUnused expiresAt={token.expiresAt} />}
          </Step>
          <Step number={3}>
            From that moment the old one {afterFirstUse(overlap)}
            {overlap > 0 && ", and then is refused"}.
            {renewsTo && (
              <>
                {" "}
                The {words.one} then expires on <NearDate value={renewsTo} />.
              </>
            )}
          </Step>
        </ol>
        <fieldset className="grid min-w-0 gap-2">
          <legend id={`${id}-overlap`} className="mb-1.5 font-medium text-sm">
            Keep the old secret for
          </legend>
          <Segmented
            className="max-sm:grid! max-sm:grid-cols-2"
            aria-labelledby={`${id}-overlap`}
            aria-describedby={`${id}-hint`}
            value={String(overlap)}
            onValueChange={(value) => onOverlap(Number(value))}
            options={OVERLAPS.map((days) => ({
              value: String(days),
              label: days === 0 ? "No time" : counted(days, "day"),
            }))}
          />
          <p id={`${id}-hint`} className="min-h-8 text-pretty text-soft text-xs">
            {isBusy && token.lastUsedAt ? (
              <span className="text-amber-ink">
                It was used <RelativeTime value={token.lastUsedAt} />
                {callsToday > 0 && `, and ${counted(callsToday, "time")} today (UTC)`}: what still has the old secret
                then is refused at once.
              </span>
            ) : overlap === 0 ? (
              "For a secret that may be in wrong hands, or that is in one place alone."
            ) : (
              "Time to put the new one wherever the old one is. The token’s page shows who still uses which."
            )}
          </p>
        </fieldset>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" form={id} variant="primary" loading={busy}>
          Make new secret
        </Button>
      </DialogFooter>
    </form>
  );
}

const Step = ({ number, children }: { number: number; children: React.ReactNode }) => (
  <li className="flex gap-3">
    <span
      aria-hidden="true"
      className="grid size-5 shrink-0 place-items-center rounded-full border border-line-strong text-soft text-xs tabular-nums"
    >
      {number}
    </span>
    <span className="min-w-0 text-pretty">{children}</span>
  </li>
);
