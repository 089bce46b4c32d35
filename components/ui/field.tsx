"use client";

import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** Spread onto the control, so that label, hint and error belong to it. */
export type FieldControl = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
};

type FieldProps = {
  label: ReactNode;
  /** One line below the control that helps before anything is wrong. */
  hint?: ReactNode;
  /** What is wrong and how to put it right; takes the place of the hint. */
  error?: ReactNode;
  /** Says "Optional" beside the label. */
  optional?: boolean;
  required?: boolean;
  /** Characters typed so far and how many are allowed; shown from 80 % on. */
  counter?: { length: number; max: number };
  hideLabel?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

export function Field(props: FieldProps) {
  const { label, hint, error, optional, required, counter, hideLabel, className, children } = props;
  const id = useId();
  const counting = counter !== undefined && counter.length >= counter.max * 0.8;
  const over = counter !== undefined && counter.length > counter.max;
  const described = [error ? `${id}-error` : hint && `${id}-hint`, counting && `${id}-count`].filter(Boolean).join(" ");
  return (
    <div className={classNames("grid gap-1.5", className)}>
      <div className={classNames("flex items-baseline justify-between gap-3", hideLabel && "sr-only")}>
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {optional && <span className="text-faint text-xs">Optional</span>}
      </div>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error || over ? true : undefined,
        "aria-required": required || undefined,
      })}
      {(error || hint || counting) && (
        <div className="flex items-start justify-between gap-3 text-xs">
          <div className="grid gap-1">
            {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
            {hint && !error && (
              <p id={`${id}-hint`} className="text-pretty text-soft">
                {hint}
              </p>
            )}
          </div>
          {counting && (
            <span id={`${id}-count`} className={classNames("shrink-0", over ? "text-red-ink" : "text-soft")}>
              {counter.length} / {counter.max}
              <span className="sr-only"> characters</span>
            </span>
          )}
        </div>
      )}
    </div>
  );
}

/** The message of a field or of a whole form; read out when it appears. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} role="alert" className="flex items-start gap-1.5 text-pretty text-red-ink text-xs">
      <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      <span>{children}</span>
    </p>
  );
}

/** A group of controls with one name, such as a set of choices. */
export function FieldGroup(props: {
  label: ReactNode;
  /** A quiet fact at the end of the label's line. */
  aside?: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const described = props.error ? `${id}-error` : props.hint ? `${id}-hint` : undefined;
  return (
    <fieldset
      className={classNames("grid min-w-0 gap-1.5", props.className)}
      aria-describedby={described}
      aria-invalid={props.error ? true : undefined}
    >
      <legend className="mb-1.5 flex w-full items-baseline justify-between gap-3 font-medium text-sm">
        <span>{props.label}</span>
        {props.aside && <span className="font-normal text-soft text-xs">{props.aside}</span>}
      </legend>
      {props.children}
      {props.error && <FieldError id={`${id}-error`}>{props.error}</FieldError>}
      {props.hint && !props.error && (
        <p id={`${id}-hint`} className="text-pretty text-soft text-xs">
          {props.hint}
        </p>
      )}
    </fieldset>
  );
}
