import type { ReactNode } from "react";
import { classNames } from "./class-names";

const tones = { green: "bg-green", amber: "bg-amber", grey: "bg-grey", blue: "bg-blue", red: "bg-red" } as const;

export type StatusTone = keyof typeof tones;

/** A status is a dot and a word: the colour is never the only sign. */
export function StatusDot({
  tone,
  children,
  className,
}: {
  tone: StatusTone;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={classNames("inline-flex items-center gap-2 whitespace-nowrap", className)}>
      <span aria-hidden="true" className={classNames("size-[7px] shrink-0 rounded-full", tones[tone])} />
      {children}
    </span>
  );
}
