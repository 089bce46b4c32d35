"use client";

import { Check } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { CalendarDate, RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { ExpiryStanding } from "@/lib/tokens/view-token";
import { ExpiryReminder } from "./expiry-reminder";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import type { AnswerExpiryAction } from "./token-actions";

type ExpiryNoticeProps = { token: TokenRow; expiry: ExpiryStanding; answer: AnswerExpiryAction };

/** When it stops working, who knows of it, and what oneself has to say to that. */
export function ExpiryNotice({ token, expiry, answer }: ExpiryNoticeProps) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const { answers, mostDays } = expiry;
  const open = answers.filter(({ remindedAt }) => remindedAt === null);
  const own = open.find(({ isOwn }) => isOwn);
  const acknowledged = own?.remindAt === null;

  async function acknowledge() {
    if (busy) return;
    setTrouble(null);
    setBusy(true);
    const result = await askServer(() => answer({ id: token.id, remind_in_days: null }));
    setBusy(false);
    if (result.ok) toast.success("Acknowledged");
    else setTrouble(troubleOf(result));
    router.refresh();
  }

  if (!token.expiresAt) return null;
  return (
    <Notice tone={token.expiresSoon && !own ? "expiring" : "info"}>
      <p>
        <span className="font-medium">
          Expires <RelativeTime value={token.expiresAt} />
        </span>
        , on <CalendarDate value={token.expiresAt} />.{" "}
        {token.renewsTo
          ? "Rotate it before then, and put the new secret where the old one is."
          : "What uses it needs another token by then."}
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
      <div className="mt-2.5 flex flex-wrap gap-2">
        {!acknowledged && (
          <Button size="sm" loading={busy} onClick={acknowledge}>
            <Check aria-hidden="true" className="size-4" />
            Acknowledge
          </Button>
        )}
        <ExpiryReminder id={token.id} mostDays={mostDays} answer={answer} />
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
