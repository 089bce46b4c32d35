"use client";

import { BellRing } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { dateText } from "@/components/ui/time-text";
import { toast } from "@/components/ui/toast";
import { answerExpiryInput } from "@/lib/notices/notice-input";
import { DAY } from "@/lib/tokens/token-status";
import { askServer, type Trouble, TroubleNotice, troubleOf } from "./form-answer";
import type { AnswerExpiryAction } from "./token-actions";

/** Days that are proposed, as far as they are left. */
const PROPOSED = 3;

const SILENT = "Until then you hear nothing of it.";

/** "Wed 25 Nov" so many days from now, by the person's clock. */
function dayAfter(days: number): string {
  const day = new Date(Date.now() + days * DAY);
  return `${day.toLocaleDateString("en-GB", { weekday: "short" })} ${dateText(day, Intl.DateTimeFormat().resolvedOptions().timeZone)}`;
}

type ExpiryReminderProps = { id: string; mostDays: number; answer: AnswerExpiryAction };

/** *Remind me*: in how many days to be told of the expiry again. */
export function ExpiryReminder({ id, mostDays, answer }: ExpiryReminderProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState(String(Math.min(PROPOSED, mostDays)));
  const [wrong, setWrong] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);

  async function send(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setTrouble(null);
    const input = answerExpiryInput.safeParse({ id, remind_in_days: days.trim() === "" ? Number.NaN : Number(days) });
    if (!input.success) return setWrong(input.error.issues[0]?.message ?? null);
    setBusy(true);
    const result = await askServer(() => answer(input.data));
    setBusy(false);
    if (result.ok) {
      setOpen(false);
      const count = input.data.remind_in_days;
      toast.success(`You are reminded in ${count} ${count === 1 ? "day" : "days"}`, { description: SILENT });
      router.refresh();
    } else if ("invalid" in result) setWrong(result.invalid.map(({ message }) => message).join(" "));
    else if ("refusal" in result && result.refusal.field === "remind_in_days") setWrong(result.refusal.sentence);
    else setTrouble(troubleOf(result));
  }

  const button = (
    <Button size="sm" disabledReason={mostDays < 1 ? "It expires within a day." : null}>
      <BellRing aria-hidden="true" className="size-4" />
      Remind me…
    </Button>
  );
  if (mostDays < 1) return button;
  const chosen = /^\d+$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= mostDays ? Number(days) : null;
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{button}</PopoverTrigger>
      <PopoverContent aria-label="Remind me" className="w-72 p-4">
        <form noValidate autoComplete="off" onSubmit={send} className="grid gap-3">
          {mostDays === 1 ? (
            <p className="text-pretty text-sm">
              Tomorrow, {dayAfter(1)}. <span className="text-soft">{SILENT}</span>
            </p>
          ) : (
            <Field
              label="Days from now"
              error={wrong}
              hint={`${chosen ? `On ${dayAfter(chosen)}. ` : ""}${SILENT} At most ${mostDays.toLocaleString("en")}.`}
            >
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={days}
                  onFocus={({ target }) => target.select()}
                  onChange={({ target }) => {
                    setWrong(null);
                    setDays(target.value);
                  }}
                />
              )}
            </Field>
          )}
          <TroubleNotice
            trouble={trouble}
            uncertain="It is not certain whether it was noted. Trying again does no harm."
          />
          <Button type="submit" size="sm" variant="primary" loading={busy} className="justify-self-end">
            Remind me
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
}
