import type { ReactNode } from "react";
import { Mark } from "./mark";

type AuthShellProps = {
  title: ReactNode;
  description?: ReactNode;
  /** Below the panel, quietly. */
  footer?: ReactNode;
  children?: ReactNode;
};

/** One thing on a page of its own, which hangs from a fixed line, so that a message moves nothing: signing in, setting up, an error before there is a shell. */
export function AuthShell({ title, description, footer, children }: AuthShellProps) {
  return (
    <div className="grid min-h-dvh place-items-start px-4 pt-[6vh] pb-10 sm:pt-[12vh]">
      <main id="main" className="mx-auto grid w-full max-w-[380px] gap-6">
        <header className="grid justify-items-center gap-1 text-center">
          <Mark size="lg" />
          <h1 className="mt-4 font-semibold text-balance text-xl">{title}</h1>
          {description && <div className="text-pretty text-soft">{description}</div>}
        </header>
        {children && <div className="rounded-dialog border border-line bg-panel p-6 max-sm:p-5">{children}</div>}
        {footer && <footer className="text-pretty text-center text-soft text-sm">{footer}</footer>}
      </main>
    </div>
  );
}
