"use client";

import { Calendar as CalendarIcon, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { DayPicker } from "react-day-picker";
import { Button } from "./button";
import { calendarDateFrom, calendarDateOf, localDay } from "./calendar-date";
import { classNames } from "./class-names";
import { Input } from "./input";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

export type DatePickerProps = {
  /** A calendar date as "2026-03-12", no zone; null when there is none. */
  value: string | null;
  /** Null while what is typed is not a date; then `typed` is what was typed. */
  onValueChange: (value: string | null, typed: string) => void;
  /** Bounds, both included, as calendar dates. */
  min?: string;
  max?: string;
  disabled?: boolean;
  name?: string;
  id?: string;
  "aria-label"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  "aria-required"?: boolean;
};

/** A date to type ("2026-03-12" or "12 Mar 2026") or to pick. */
export function DatePicker({ value, onValueChange, min, max, disabled, name, ...control }: DatePickerProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [from, to] = [min ? localDay(min) : undefined, max ? localDay(max) : undefined];
  const chosen = value ? localDay(value) : undefined;

  function type(text: string) {
    setTyped(text);
    onValueChange(calendarDateFrom(text), text);
  }

  return (
    <div className="relative">
      <Input
        {...control}
        disabled={disabled}
        name={name}
        inputMode="text"
        autoComplete="off"
        placeholder="YYYY-MM-DD"
        className="pr-10"
        value={typed ?? value ?? ""}
        onChange={(event) => type(event.target.value)}
        onBlur={() => value && setTyped(null)}
      />
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button
            variant="ghost"
            size="icon-xs"
            disabled={disabled}
            aria-label="Pick a date"
            className="absolute! top-1 right-1 max-sm:top-1.5 max-sm:right-1.5"
          >
            <CalendarIcon aria-hidden="true" className="size-4" />
          </Button>
        </PopoverTrigger>
        <PopoverContent align="end" aria-label="Pick a date" className="p-3" onOpenAutoFocus={startAtDay}>
          <DayPicker
            mode="single"
            autoFocus
            weekStartsOn={1}
            selected={chosen}
            defaultMonth={chosen ?? from}
            startMonth={from}
            endMonth={to}
            disabled={[...(from ? [{ before: from }] : []), ...(to ? [{ after: to }] : [])]}
            onSelect={(day) => {
              if (!day) return;
              setTyped(null);
              onValueChange(calendarDateOf(day), "");
              setOpen(false);
            }}
            labels={{
              // The number stands alone in the name, as it does on the page.
              labelDayButton: (day, { today, selected }) =>
                `${day.toLocaleDateString("en-GB", { dateStyle: "full" })}${today ? ", today" : ""}${selected ? ", chosen" : ""}`,
            }}
            components={{
              Chevron: ({ orientation }) =>
                orientation === "left" ? (
                  <ChevronLeft aria-hidden="true" className="size-4" />
                ) : (
                  <ChevronRight aria-hidden="true" className="size-4" />
                ),
            }}
            classNames={calendarLook}
          />
        </PopoverContent>
      </Popover>
    </div>
  );
}

/** The keyboard starts on a day – the chosen one, today or the first that is open – rather than on the way to the next month. */
function startAtDay(event: Event) {
  const calendar = event.currentTarget;
  const day = calendar instanceof HTMLElement && calendar.querySelector<HTMLElement>("td button[tabindex='0']");
  if (!day) return;
  event.preventDefault();
  day.focus();
}

const step =
  "grid size-8 place-items-center rounded-sm text-soft hover:bg-hover hover:text-ink aria-disabled:opacity-40";

const calendarLook = {
  root: "text-sm",
  months: "relative",
  month_caption: "flex h-8 items-center justify-center font-medium",
  nav: "absolute inset-x-0 top-0 flex justify-between",
  button_previous: step,
  button_next: step,
  month_grid: "mt-2 border-collapse",
  weekday: "h-8 w-9 font-normal text-faint text-xs",
  day: classNames(
    "p-0 text-center data-[outside]:invisible data-[disabled]:text-faint data-[disabled]:opacity-60",
    "[&[data-today]>button]:font-semibold [&[data-today]>button]:text-brass-ink",
    "[&[data-selected]>button]:bg-primary! [&[data-selected]>button]:text-on-primary!",
  ),
  day_button: "grid size-9 place-items-center rounded-sm hover:bg-hover disabled:hover:bg-transparent",
};
