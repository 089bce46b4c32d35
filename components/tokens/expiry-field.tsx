"use client";

import { useEffect, useId, useRef } from "react";
import { DatePicker } from "@/components/ui/date-picker";
import { FieldError } from "@/components/ui/field";
import { Segmented } from "@/components/ui/radio-group";
import { useZone } from "@/components/ui/relative-time";
import { clockText, dateText, minuteText } from "@/components/ui/time-text";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import {
  type ExpiryBounds,
  type ExpiryChoice,
  type ExpiryPick,
  expiryChoices,
  expiryDates,
  expiryInstant,
} from "@/lib/tokens/token-expiry-choices";
import { decideExpiry } from "@/lib/tokens/token-policy";
import { DAY } from "@/lib/tokens/token-status";
import { PAST_DAY } from "./create-token-schema";
import { useTokenWords } from "./token-words-context";

type ExpiryFieldProps = {
  policy: ExpiryBounds;
  pick: ExpiryPick;
  onPick: (pick: ExpiryPick) => void;
  error?: string;
  /** When the dialog was opened. */
  now: Date;
};

/** When the token stops working: a choice where the policy leaves one, otherwise the fact. */
export function ExpiryField({ policy, pick, onPick, error, now }: ExpiryFieldProps) {
  const id = useId();
  const words = useTokenWords();
  const zone = useZone();
  const offered = expiryChoices(policy, now);
  const field = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    // It grows below the edge of what is in sight.
    if (pick.choice === "date") field.current?.scrollIntoView({ block: "nearest" });
  }, [pick.choice]);
  if (offered.length === 0) return <ExpiryFact policy={policy} now={now} zone={zone} />;

  const instant = expiryInstant(pick, policy, now, zone);
  const { min, max } = expiryDates(policy, now, zone);
  const choices = offered.filter((choice) => choice !== "date" || max === null || min <= max);
  const { after } = policy;
  const outcome = instant && decideExpiry(policy, instant, now);
  const isEarlier = instant && after && instant > now && instant <= after;
  const refusal: Refusal | null = isEarlier
    ? { code: "expiry_not_later" }
    : outcome && !outcome.ok
      ? outcome.refusal
      : null;
  const described = error ? `${id}-error ${id}-result` : `${id}-result`;
  return (
    <fieldset
      ref={field}
      className="grid min-w-0 gap-2"
      aria-describedby={described}
      aria-invalid={error ? true : undefined}
    >
      <legend className="mb-1.5 font-medium text-sm" id={`${id}-label`}>
        {after ? "New expiry, from today" : "Expiry"}
      </legend>
      <Segmented
        // More than fit beside each other stand in rows of the same length.
        className={choices.length > 5 ? "grid! grid-cols-3" : "max-sm:grid! max-sm:grid-cols-3"}
        aria-labelledby={`${id}-label`}
        aria-describedby={described}
        value={String(pick.choice)}
        onValueChange={(value) => onPick({ ...pick, choice: choiceOf(value) })}
        options={choices.map((choice) => ({ value: String(choice), label: choiceLabel(choice) }))}
      />
      {pick.choice === "date" && (
        <DatePicker
          value={pick.date}
          onValueChange={(date, typed) => onPick({ choice: "date", date, typed })}
          min={min}
          max={max ?? undefined}
          name="expiry-date"
          aria-label="Last day on which the token works"
          aria-describedby={described}
          aria-invalid={error ? true : undefined}
        />
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      <p id={`${id}-result`} aria-live="polite" className="min-h-8 text-pretty text-soft text-xs">
        {refusal ? (
          !error && (refusal.code === "expiry_in_past" ? PAST_DAY : refusalSentence(refusal, words))
        ) : (
          <ExpiryWords instant={instant} after={after ?? null} zone={zone} max={max} />
        )}
        {policy.expiryDays !== null && (
          <span className="block">Your organization allows at most {daysText(policy.expiryDays)}.</span>
        )}
      </p>
    </fieldset>
  );
}

const untilEnded = { Delete: "deletes", Revoke: "revokes" } as const;

type ExpiryWordsProps = { instant: Date | null | undefined; after: Date | null; zone: string; max: string | null };

function ExpiryWords({ instant, after, zone, max }: ExpiryWordsProps) {
  const words = useTokenWords();
  if (instant === null)
    return `It works until somebody ${untilEnded[words.remove]} it. A date is safer: what is forgotten then ends by itself.`;
  if (instant === undefined)
    return `It works until the end of that day ${zone === "UTC" ? "in UTC" : `by your clock (${zone})`}. ${max ? `The last day can be ${max} at the latest.` : ""}`;
  const more = after ? Math.round((instant.getTime() - after.getTime()) / DAY) : 0;
  return (
    <>
      {after ? "Then expires" : "Expires"} <ExpiryMoment instant={instant} zone={zone} />
      {more > 0 && <span className="whitespace-nowrap">, {daysText(more)} later than now</span>}
    </>
  );
}

/** "20 Feb 2027, 17:05 (16:05 UTC)": an expiry in the person's zone and for programs. */
export function ExpiryMoment({ instant, zone }: { instant: Date; zone: string }) {
  if (zone === "UTC") return <span className="whitespace-nowrap">{minuteText(instant, "UTC")} UTC</span>;
  const sameDay = dateText(instant, zone) === dateText(instant, "UTC");
  return (
    <>
      <span className="whitespace-nowrap">{minuteText(instant, zone)}</span>{" "}
      <span className="whitespace-nowrap">
        ({sameDay ? clockText(instant, "UTC") : minuteText(instant, "UTC")} UTC)
      </span>
    </>
  );
}

function ExpiryFact({ policy, now, zone }: { policy: ExpiryBounds; now: Date; zone: string }) {
  const words = useTokenWords();
  const outcome = decideExpiry(policy, undefined, now);
  const instant = outcome.ok ? outcome.value : null;
  return (
    <div className="grid gap-0.5">
      <p className="font-medium text-sm">Expiry</p>
      {instant && policy.expiryDays !== null ? (
        <p className="text-pretty text-soft text-sm">
          <span className="text-ink">{dateText(instant, zone)}</span>, {daysText(policy.expiryDays)} from now. Your
          organization sets this for every token.
        </p>
      ) : (
        <p className="text-pretty text-soft text-sm">
          <span className="text-ink">Never.</span> It works until somebody {untilEnded[words.remove]} it.
        </p>
      )}
    </div>
  );
}

const choiceOf = (value: string): ExpiryChoice => (value === "date" || value === "never" ? value : Number(value));

const daysText = (days: number) => (days === 1 ? "1 day" : `${days} days`);

function choiceLabel(choice: ExpiryChoice): string {
  if (choice === "date") return "Date";
  return choice === "never" ? "Never" : daysText(choice);
}
