"use client";

import { type KeyboardEvent, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { dateText } from "@/components/ui/time-text";
import type { TokenActivity } from "@/lib/tokens/get-token-activity";
import { counted } from "./counted";
import { axisNumber, roundTop } from "./usage-scale";

type Day = TokenActivity["days"][number];

const OUTCOMES = [
  { key: "allowed", label: "Allowed", fill: "fill-brass stroke-brass", dot: "border-brass bg-brass" },
  { key: "forbidden", label: "Forbidden", fill: "fill-soft stroke-soft", dot: "border-soft bg-soft" },
  { key: "refused", label: "Refused", fill: "fill-panel stroke-grey", dot: "border-grey bg-panel" },
] as const;

const HEIGHT = 144;
/** Per cent of a day's column that its bar takes. */
const SHARE = 0.72;
/** The part of a day below which an outcome is not drawn taller than it is. */
const SLIVER = 0.02;

/**
 * Calls a day, stacked by outcome. The numbers above the chart are those of all days, or of the day under the pointer;
 * with the keyboard the arrow keys go from day to day. A table says the same to those who do not see it.
 */
export function UsageChart({ days }: { days: Day[] }) {
  const total = sum(days);
  if (callsOf(total) > 0) return <Chart days={days} total={total} />;
  return (
    <p className="border-line border-b border-dashed py-8 text-center text-sm text-soft">
      No calls in the last {days.length} days
    </p>
  );
}

function Chart({ days, total }: { days: Day[]; total: Omit<Day, "day"> }) {
  const [at, setAt] = useState<number | null>(null);
  const day = at === null ? undefined : days[at];
  const top = roundTop(Math.max(...days.map(callsOf)));

  function step(event: KeyboardEvent) {
    const last = days.length - 1;
    const from = at ?? last + 1;
    const to = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      ArrowDown: from - 1,
      ArrowUp: from + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setAt(Math.min(last, Math.max(0, to)));
  }

  return (
    <figure className="grid gap-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1.5">
        <span>
          <span className="font-semibold">{counted(callsOf(day ?? total), "call")}</span>{" "}
          <span className="text-soft">
            {day ? `on ${dayText(day)}, UTC${at === days.length - 1 ? ", so far" : ""}` : `in ${days.length} days`}
          </span>
        </span>
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-soft text-xs">
          {OUTCOMES.map(({ key, label, dot }) => (
            <li key={key} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={classNames("size-2 rounded-[2px] border", dot)} />
              {label} <span className="text-ink">{(day ?? total)[key].toLocaleString("en")}</span>
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div aria-hidden="true" className="flex flex-col justify-between text-right text-faint text-xs leading-none">
          <span>{axisNumber(top)}</span>
          <span>{axisNumber(top / 2)}</span>
          <span>0</span>
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label="Day"
          aria-orientation="horizontal"
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={(at ?? days.length - 1) + 1}
          aria-valuetext={dayWords(day ?? days.at(-1))}
          onKeyDown={step}
          onBlur={() => setAt(null)}
          onPointerLeave={() => setAt(null)}
          className="rounded-xs"
        >
          <svg width="100%" height={HEIGHT} aria-hidden="true" className="block overflow-visible">
            {[0.5, HEIGHT / 2, HEIGHT - 0.5].map((y) => (
              <line key={y} x1="0" x2="100%" y1={y} y2={y} className="stroke-line" />
            ))}
            {days.map((each, index) => (
              <Column
                key={each.day}
                day={each}
                x={index / days.length}
                width={1 / days.length}
                top={top}
                active={index === at}
                unfinished={index === days.length - 1}
                onEnter={() => setAt(index)}
              />
            ))}
          </svg>
        </div>
        <div aria-hidden="true" className="col-start-2 mt-2 flex justify-between text-faint text-xs">
          {[days[0], days[Math.floor(days.length / 2)]].map(
            (each) => each && <span key={each.day}>{dayText(each).replace(/ \d+$/, "")}</span>,
          )}
          <span>Today</span>
        </div>
      </div>
      <DayTable days={days} />
    </figure>
  );
}

type ColumnProps = {
  day: Day;
  x: number;
  width: number;
  top: number;
  active: boolean;
  unfinished: boolean;
  onEnter: () => void;
};

function Column({ day, x, width, top, active, unfinished, onEnter }: ColumnProps) {
  let floor = HEIGHT;
  return (
    <g onPointerEnter={onEnter} onPointerDown={onEnter}>
      <rect
        x={percent(x)}
        width={percent(width)}
        y={0}
        height={HEIGHT}
        className={active ? "fill-press" : "fill-transparent"}
      />
      {OUTCOMES.map(({ key, fill }) => {
        if (day[key] === 0) return null;
        // The outline adds half a pixel on each side, which leaves one between the parts.
        const trueHeight = (day[key] / top) * HEIGHT - 2;
        // A day with any call is seen; a sliver of a day is said by the numbers, since here it would look like more.
        if (trueHeight < 1.5 && day[key] < SLIVER * callsOf(day)) return null;
        const tall = Math.max(1.5, trueHeight);
        floor -= tall + 2;
        return (
          <rect
            key={key}
            x={percent(x + (width * (1 - SHARE)) / 2)}
            width={percent(width * SHARE)}
            y={floor + 0.5}
            height={tall}
            rx={1}
            className={classNames(fill, unfinished && "opacity-60")}
          />
        );
      })}
    </g>
  );
}

const DayTable = ({ days }: { days: Day[] }) => (
  <div className="sr-only">
    <table>
      <caption>Calls a day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {OUTCOMES.map(({ key, label }) => (
            <th key={key} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.day}>
            <th scope="row">{dayText(day)}</th>
            {OUTCOMES.map(({ key }) => (
              <td key={key}>{day[key].toLocaleString("en")}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
const callsOf = (day: Omit<Day, "day">) => day.allowed + day.forbidden + day.refused;
const dayText = ({ day }: Day) => dateText(new Date(`${day}T12:00:00Z`), "UTC");

function dayWords(day: Day | undefined): string {
  if (!day) return "";
  const parts = OUTCOMES.map(({ key, label }) => `${day[key].toLocaleString("en")} ${label.toLowerCase()}`);
  return `${dayText(day)}: ${parts.join(", ")}`;
}

function sum(days: Day[]) {
  const all = { allowed: 0, forbidden: 0, refused: 0 };
  for (const day of days) for (const { key } of OUTCOMES) all[key] += day[key];
  return all;
}
