import type { ReactNode } from "react";
import { classNames } from "./class-names";

export function DescriptionList({ children, className }: { children: ReactNode; className?: string }) {
  return <dl className={classNames("divide-y divide-line", className)}>{children}</dl>;
}

export function DescriptionItem({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 py-2.5 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-soft">{term}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
