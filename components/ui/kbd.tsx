import type { ReactNode } from "react";

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="rounded-xs border border-line px-1.5 font-sans text-[0.6875rem] text-faint leading-4">{children}</kbd>
);
