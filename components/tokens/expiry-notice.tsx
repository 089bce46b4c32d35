"use client";

import { BellOff, RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { NearDate, RelativeTime, useZone } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/auth/action-result";
import type { ExpiryStanding } from "@/lib/tokens/expiry-standing";
import type { TokenSecrets } from "@/lib/tokens/read-rotation";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { TokenRow } from "@/lib/tokens/token-row";
import { EndsUnused, movedExpiry } from "./ends-unused";
import { ExpiryReminder } from "./expiry-reminder";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import { whyNotRotated } from "./renewal-reasons";
import { RotateTokenDialog } from "./rotate-token-dialog";
import type { AnswerExpiryAction, RotateAction, WithdrawAnswerAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";

type ExpiryNoticeProps = {
  token: TokenRow;
  /** Null while there is nothing to say: a dialog that was opened before stays. */
  expiry: ExpiryStanding | null;
  /** The new secret that waits; left out where no more is known of it than that it does. */
  waiting?: TokenSecrets["pending"];
  /** Left out where *Rotate* stands beside it already. */
  rotation?: { options: RenewalOptions; apiUrl: string; rotate: RotateAction };
  actions: { answer: AnswerExpiryAction; withdraw: WithdrawAnswerAction };
};

/** When it stops working, what to do, who knows of it, and what oneself has to say to that. */
export function ExpiryNotice({ token, expiry, waiting, rotation, actions }: ExpiryNoticeProps) {
  const words = useTokenWords();
  const [rotating, setRotating] = useState(false);
  return (
    <>
      {expiry && token.expiresAt && (
        <Standing token={token} expiresAt={token.expiresAt} expiry={expiry} waiting={waiting} actions={actions}>
          {rotation && token.renewsTo && (
            <Button
              size="sm"
              variant={token.rotation?.waitingSince ? "secondary" : "primary"}
              disabledReason={whyNotRotated(token, words)}
              onClick={() => setRotating(true)}
            >
              <RefreshCw aria-hidden="true" className="size-4" />
              Rotate
            </Button>
          )}
        </Standing>
      )}
      {rotation && <RotateTokenDialog token={token} {...rotation} open={rotating} onOpenChange={setRotating} />}
    </>
  );
}

type StandingProps = {
  token: TokenRow;
  expiresAt: Date;
  expiry: ExpiryStanding;
  waiting: ExpiryNoticeProps["waiting"];
  actions: ExpiryNoticeProps["actions"];
  /** The first thing to do. */
  children: React.ReactNode;
};

function Standing({ token, expiresAt, expiry: { answers, mostDays }, waiting, actions, children }: StandingProps) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const open = answers.filter(({ remindedAt }) => remindedAt === null);
  const own = open.find(({ isOwn }) => isOwn);

  async function send<T>(ask: () => Promise<ActionResult<T>>, onDone: () => void) {
    if (busy) return;
    setTrouble(null);
    setBusy(true);
    const result = await askServer(ask);
    setBusy(false);
    if (result.ok) onDone();
    else setTrouble(troubleOf(result));
    router.refresh();
  }

  const acknowledge = () =>
    send(
      () => actions.answer({ id: token.id, remind_in_days: null }),
      () =>
        toast.success("Acknowledged", {
          description: "You get no more notices of this expiry.",
          action: { label: "Undo", onClick: () => void withdraw() },
        }),
    );
  const withdraw = () =>
    send(
      () => actions.withdraw({ id: token.id }),
      () => toast.success("You are told of this expiry again"),
    );

  return (
    <Notice tone={token.expiresSoon && !own ? "expiring" : "info"}>
      <p>
        <span className="font-medium">
          Expires <RelativeTime value={expiresAt} />
        </span>
        , on <NearDate value={expiresAt} />.{" "}
        {waiting ? <HowWaitingHelps to={waiting.expiresAt} expiresAt={expiresAt} /> : whatToDo(token)}
      </p>
      {open.length > 0 && (
        <ul aria-label="Who knows" className="mt-1 grid gap-0.5 text-soft">
          {open.map(({ memberId, name, isOwn, at, remindAt }) => (
            <li key={memberId}>
              {isOwn ? "You" : <bdi className="text-ink">{name}</bdi>}{" "}
              {remindAt ? (
                <>
                  {isOwn ? "are" : "is"} reminded <RelativeTime value={remindAt} />
                  {isOwn && ", and told nothing of it until then"}.
                </>
              ) : (
                <>
                  acknowledged it <RelativeTime value={at} />
                  {isOwn && ": no more notices of it reach you"}.
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        {children}
        <ExpiryReminder id={token.id} mostDays={mostDays} answer={actions.answer} />
        {own?.remindAt !== null && (
          <Button size="sm" variant="ghost" loading={busy} onClick={acknowledge}>
            <BellOff aria-hidden="true" className="size-4" />
            Acknowledge
          </Button>
        )}
        {own && (
          <Button size="sm" variant="ghost" loading={busy} onClick={withdraw}>
            Tell me again
          </Button>
        )}
        {!own && (
          <span className="text-soft text-xs max-sm:basis-full">
            Acknowledged, no more notices of this expiry come to you. Others still get theirs.
          </span>
        )}
      </div>
      {trouble && (
        <div className="mt-2.5">
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether it was noted. Trying again does no harm."
          />
        </div>
      )}
    </Notice>
  );
}

function HowWaitingHelps({ to, expiresAt }: { to: Date | null; expiresAt: Date }) {
  const movesTo = movedExpiry(to, expiresAt, useZone());
  if (!movesTo) return "A new secret waits, but using it does not move the expiry.";
  return (
    <>
      A new secret waits: put it where the old one is. Its first use moves the expiry to <NearDate value={movesTo} />.
      <EndsUnused expiresAt={expiresAt} />
    </>
  );
}

function whatToDo({ renewsTo, rotation }: TokenRow): string {
  if (rotation?.waitingSince) return "A new secret waits: put it where the old one is, and use it before then.";
  return renewsTo
    ? "Rotate it before then, and put the new secret where the old one is."
    : "What uses it needs another token by then.";
}
