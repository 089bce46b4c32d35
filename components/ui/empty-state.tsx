import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

type EmptyStateProps = {
  icon?: LucideIcon;
  title: ReactNode;
  /** Where the title is that of the whole page. */
  titleAs?: "h1" | "p";
  /** What would be here and what to do next, in a sentence. */
  description?: ReactNode;
  /** One or two buttons. */
  action?: ReactNode;
  className?: string;
};

export function EmptyState({
  icon: Icon,
  title,
  titleAs: Title = "p",
  description,
  action,
  className,
}: EmptyStateProps) {
  return (
    <div className={classNames("grid justify-items-center gap-1 px-6 py-16 text-center max-sm:py-12", className)}>
      {Icon && (
        <span className="mb-3 grid size-10 place-items-center rounded-surface border border-line bg-bg text-soft">
          <Icon aria-hidden="true" strokeWidth={1.75} className="size-[18px]" />
        </span>
      )}
      <Title className="font-medium text-balance">{title}</Title>
      {description && <div className="max-w-[46ch] text-pretty text-sm text-soft">{description}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
