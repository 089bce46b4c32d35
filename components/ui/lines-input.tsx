"use client";

import { type Ref, useId, useState } from "react";
import { classNames } from "./class-names";
import { FieldError } from "./field";
import { controlLook } from "./input";

const LEAST_ROWS = 3;
const MOST_ROWS = 12;
/** Of many faults the first are told; the lines of all are marked. */
const FAULTS_TOLD = 4;

/** What is wrong with a line, counted from 1; with the whole where there is none. */
export type LineFault = { line: number | null; sentence: string };

type LinesInputProps = {
  value: string;
  onChange: (text: string) => void;
  faults: readonly LineFault[];
  /** What is wrong with the whole, from elsewhere. Then also the line that is being typed is judged. */
  error?: string;
  placeholder?: string;
  area?: Ref<HTMLTextAreaElement>;
  id?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
};

/** Entries, one a line, each line with its number and what is wrong told at it. */
export function LinesInput({ value, onChange, faults: all, error, placeholder, area, ...a11y }: LinesInputProps) {
  const id = useId();
  // What somebody is in the middle of typing is not wrong yet.
  const [typing, setTyping] = useState<number | null>(null);
  const [scrolled, setScrolled] = useState(0);
  const faults = error === undefined ? all.filter(({ line }) => line === null || line !== typing) : all;
  const shown = faults.slice(0, FAULTS_TOLD);
  const general = error !== undefined && all.length === 0 ? error : undefined;
  const lines = value.split("\n").length;
  const wrong = new Set(faults.map(({ line }) => line));
  const untold = new Set(faults.slice(FAULTS_TOLD).map(({ line }) => line));
  for (const { line } of shown) untold.delete(line);
  const described = [a11y["aria-describedby"], (shown.length > 0 || general) && `${id}-faults`].filter(Boolean);
  return (
    <>
      <div className="relative">
        <textarea
          ref={area}
          {...a11y}
          aria-describedby={described.join(" ") || undefined}
          aria-invalid={faults.length > 0 || general ? true : undefined}
          className={classNames(
            controlLook,
            "block resize-none overflow-x-auto whitespace-pre py-2 pl-12! font-mono leading-6 tracking-normal max-sm:pl-13!",
            "placeholder:font-sans",
          )}
          wrap="off"
          rows={Math.min(MOST_ROWS, Math.max(LEAST_ROWS, lines))}
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          autoComplete="off"
          placeholder={placeholder}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
            setTyping(lineOf(event.target));
          }}
          onSelect={({ currentTarget }) => {
            // Read now: by the time that the state is asked for, the event has no target any more.
            const line = lineOf(currentTarget);
            setTyping((before) => (before === null ? null : line));
          }}
          onBlur={() => setTyping(null)}
          onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}
        />
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-px left-px w-10 overflow-hidden rounded-l-control border-line border-r bg-hover"
        >
          <div className="py-2 font-mono text-xs" style={{ transform: `translateY(${-scrolled}px)` }}>
            {Array.from({ length: lines }, (_, index) => index + 1).map((line) => (
              <div
                key={line}
                className={classNames(
                  "h-6 pr-2.5 text-right leading-6",
                  wrong.has(line) ? "bg-red-wash font-semibold text-red-ink" : "text-faint",
                )}
              >
                {line}
              </div>
            ))}
          </div>
        </div>
      </div>
      {(shown.length > 0 || general) && (
        <div id={`${id}-faults`} className="grid gap-1">
          {general && <FieldError>{general}</FieldError>}
          {shown.map((fault) => (
            <Fault key={`${fault.line} ${fault.sentence}`} fault={fault} />
          ))}
          {untold.size > 0 && (
            <p className="pl-5 text-red-ink text-xs">
              {untold.size === 1 ? "1 more line is" : `${untold.size} more lines are`} marked in the same way.
            </p>
          )}
        </div>
      )}
    </>
  );
}

const lineOf = (area: HTMLTextAreaElement) => area.value.slice(0, area.selectionStart).split("\n").length;

const Fault = ({ fault: { line, sentence } }: { fault: LineFault }) => (
  <FieldError>
    {line !== null && <span className="font-semibold">Line {line}: </span>}
    {sentence}
  </FieldError>
);
