import { CircleAlert, CircleCheck, Clock, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names";

const tones = {
  info: { wash: "bg-hover", mark: "text-soft", icon: Info },
  expiring: { wash: "bg-brass-wash", mark: "text-brass-ink", icon: Clock },
  warning: { wash: "bg-amber-wash", mark: "text-amber-ink", icon: TriangleAlert },
  danger: { wash: "bg-red-wash", mark: "text-red-ink", icon: CircleAlert },
  success: { wash: "bg-green-wash", mark: "text-green-ink", icon: CircleCheck },
} as const;

type NoticeProps = {
  tone?: keyof typeof tones;
  icon?: LucideIcon;
  title?: ReactNode;
  children?: ReactNode;
  /** A link or a ghost button at the end. */
  action?: ReactNode;
  /** Read out when it appears; for what happens after the page is there. */
  live?: boolean;
  className?: string;
};

export function Notice({ tone = "info", icon, title, children, action, live, className }: NoticeProps) {
  const { wash, mark, icon: toneIcon } = tones[tone];
  const Icon = icon ?? toneIcon;
  return (
    <div
      role={live ? (tone === "danger" ? "alert" : "status") : undefined}
      className={classNames("flex items-start gap-2.5 rounded-[10px] px-3.5 py-2.5 text-sm", wash, className)}
    >
      <Icon aria-hidden="true" className={classNames("mt-px size-4 shrink-0", mark)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-6 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-60 text-pretty [overflow-wrap:anywhere]">
          {title && <p className="font-medium">{title}</p>}
          {children}
        </div>
        {action && (
          <div className="flex shrink-0 gap-3 font-medium [&_a]:underline-offset-3 [&_a]:hover:underline">{action}</div>
        )}
      </div>
    </div>
  );
}
