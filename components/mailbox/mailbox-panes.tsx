"use client";

import { Inbox, SearchX } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { SearchBox } from "@/components/data-table/search-box";
import { searchName } from "@/components/data-table/table-url";
import { useTableUrl } from "@/components/data-table/use-table-url";
import { useFreshPage } from "@/components/shell/use-fresh-page";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import type { MailboxLine } from "@/lib/mail/read-mailbox";

type MailboxPanesProps = {
  messages: MailboxLine[];
  /** As many as are shown at once. */
  most: number;
  sought: string;
  /** The message that is open; null for none. */
  openId: string | null;
  children: ReactNode;
};

/** The list beside the message; on a phone, one after the other. */
export function MailboxPanes({ messages, most, sought, openId, children }: MailboxPanesProps) {
  useFreshPage();
  const url = useTableUrl();
  const search = sought ? `?${new URLSearchParams({ [searchName]: sought })}` : "";
  return (
    <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 outline-none">
      <h1 className="sr-only">Mailbox</h1>
      <section
        aria-label="Messages"
        className={classNames(
          "flex min-h-0 w-full min-w-0 flex-col border-line md:w-88 md:shrink-0 md:border-r lg:w-104",
          openId !== null && "max-md:hidden",
        )}
      >
        <div className="flex shrink-0 border-line border-b p-3">
          <SearchBox url={url} placeholder="Search by receiver or subject" wide />
        </div>
        {messages.length === 0 ? (
          sought ? (
            <EmptyState
              icon={SearchX}
              title="No message matches"
              action={
                <Button size="sm" onClick={() => url.go({ [searchName]: null })}>
                  Clear search
                </Button>
              }
            />
          ) : (
            <EmptyState
              icon={Inbox}
              title="No messages yet"
              description="Create a token, or give one an expiry within the next days. Its message is here within a minute or two, by itself."
            />
          )
        ) : (
          <ol aria-label="Messages" className="min-h-0 divide-y divide-line overflow-y-auto">
            {messages.map(({ id, at, toAddress, subject }) => (
              <li key={id}>
                <Link
                  href={`/dev/mailbox/${id}${search}` as Route}
                  aria-current={id === openId ? "true" : undefined}
                  className={classNames(
                    "block px-4 py-3 text-sm transition-colors -outline-offset-2",
                    id === openId ? "bg-hover" : "hover:bg-hover",
                  )}
                >
                  <span className="flex items-baseline justify-between gap-3 text-soft text-xs">
                    <span className="min-w-0 truncate">{toAddress}</span>
                    <RelativeTime value={at} className="shrink-0" />
                  </span>
                  <span dir="auto" className="mt-0.5 line-clamp-2 text-left [overflow-wrap:anywhere]">
                    {subject}
                  </span>
                </Link>
              </li>
            ))}
            {messages.length === most && (
              <li className="px-4 py-3 text-soft text-xs">The latest {most}. Search to find older ones.</li>
            )}
          </ol>
        )}
      </section>
      <div className={classNames("min-w-0 flex-1 overflow-y-auto", openId === null && "max-md:hidden")}>{children}</div>
    </main>
  );
}
