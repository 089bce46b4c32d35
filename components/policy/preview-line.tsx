import type { ReactNode } from "react";

/** A token in a list of a preview; `children` say whose it is and what becomes of it. */
export function PreviewLine({ name, masked, children }: { name: string; masked: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-0.5 px-3 py-2 text-sm">
      <span className="flex items-baseline justify-between gap-x-4">
        <span dir="auto" className="min-w-0 truncate font-medium">
          {name}
        </span>
        <code className="shrink-0 font-mono text-soft text-xs">{masked}</code>
      </span>
      <span className="text-pretty text-soft text-xs">{children}</span>
    </li>
  );
}
