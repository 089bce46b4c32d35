import type { ReactNode } from "react";
import { Mark } from "./mark";

type AuthShellProps = {
  title: ReactNode;
  description?: ReactNode;
  /** Below the panel, quietly. */
  footer?: ReactNode;
  children?: ReactNode;
};

/** One thing in the middle of the page: signing in, setting up, an error before there is a shell. */
export function AuthShell({ title, description, footer, children }: AuthShellProps) {
  return (
    <div className="grid min-h-dvh place-items-center px-4 py-10">
      <main id="main" className="grid w-full max-w-[380px] gap-6">
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
