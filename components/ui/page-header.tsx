import { ChevronLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type PageHeaderProps = {
  title: ReactNode;
  /** One line that says what this is for. */
  description?: ReactNode;
  /** Where this page hangs: "API tokens". */
  back?: { href: string; label: string };
  /** A quiet fact left of the actions, such as a `Meter`. */
  aside?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** Beside the title, for a description of any length, instead of at its end. */
  actionsAt?: "top" | "bottom";
};

export function PageHeader({ title, description, back, aside, actions, actionsAt = "bottom" }: PageHeaderProps) {
  return (
    <header className="pt-5">
      {back && (
        <Link
          href={back.href as Route}
          className="-ml-1 mb-2 inline-flex items-center gap-1 rounded-sm pr-1 text-sm text-soft hover:text-ink"
        >
          <ChevronLeft aria-hidden="true" className="size-4" />
          {back.label}
        </Link>
      )}
      <div
        className={classNames(
          "flex flex-wrap justify-between gap-x-6 gap-y-4",
          actionsAt === "top" ? "items-start" : "items-end",
        )}
      >
        <div className="min-w-0 flex-1 basis-80">
          <h1 className="font-semibold text-balance text-xl [overflow-wrap:anywhere]">{title}</h1>
          {description && (
            <div className="mt-1 max-w-[62ch] text-pretty text-soft [&_a]:underline [&_a]:decoration-line-strong [&_a]:underline-offset-3 [&_a]:hover:text-ink">
              {description}
            </div>
          )}
        </div>
        {(aside || actions) && (
          <div className="flex flex-wrap items-end gap-x-5 gap-y-3 max-sm:w-full max-sm:justify-between">
            {aside}
            {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
          </div>
        )}
      </div>
    </header>
  );
}
