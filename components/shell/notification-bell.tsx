"use client";

import { Bell } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";

const MOST = 99;

/** Leads to the notification centre and says how much there is unread. */
export function NotificationBell({ unread, href }: { unread: number; href: string }) {
  const isHere = usePathname() === href;
  const shown = unread > MOST ? `${MOST}+` : String(unread);
  return (
    <Link
      href={href as Route}
      aria-label={unread === 0 ? "Notifications" : `Notifications, ${shown} unread`}
      aria-current={isHere ? "page" : undefined}
      className={classNames(
        "relative grid size-8 place-items-center rounded-control transition-colors hover:bg-hover hover:text-ink max-md:size-10",
        isHere ? "bg-hover text-ink" : "text-soft",
      )}
    >
      <Bell aria-hidden="true" className="size-[18px]" strokeWidth={1.75} />
      {unread > 0 && (
        <span
          aria-hidden="true"
          className="absolute top-0 left-1/2 ml-px h-4 min-w-4 rounded-full border border-bg bg-primary px-1 text-center font-medium text-[10px] text-on-primary leading-[14px] max-md:top-1"
        >
          {shown}
        </span>
      )}
    </Link>
  );
}
