"use client";

import { BellOff, CheckCheck, SearchX } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { FilterChip } from "@/components/data-table/filter-chip";
import type { FilterDefinition } from "@/components/data-table/table-definition";
import { cursorName } from "@/components/data-table/table-url";
import { useTableUrl } from "@/components/data-table/use-table-url";
import { useFreshPage } from "@/components/shell/use-fresh-page";
import { askServer } from "@/components/tokens/form-answer";
import { useTokenWords } from "@/components/tokens/token-words-context";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Segmented } from "@/components/ui/radio-group";
import { toast } from "@/components/ui/toast";
import { type ActionResult, actionSentence } from "@/lib/auth/action-result";
import type { NotificationPage } from "@/lib/notices/list-notifications";
import { NOTICE_EVENTS } from "@/lib/notices/notice-events";
import type { NotificationsQuery } from "@/lib/notices/notice-input";
import { eventLabel } from "@/lib/notices/notice-words";
import type { MarkAction, MarkAllAction } from "./notice-actions";
import { NotificationLine } from "./notification-line";

type NotificationCentreProps = {
  page: NotificationPage;
  query: NotificationsQuery;
  tokensPath: string;
  settingsHref: string;
  /** The policy names days before an expiry. */
  tellsExpiry: boolean;
  /** When the page was read. */
  now: Date;
  mark: MarkAction;
  markAll: MarkAllAction;
};

/** *Notifications*: what the person was told, newest first. */
export function NotificationCentre(props: NotificationCentreProps) {
  const { page, query, tokensPath, settingsHref, tellsExpiry, now, mark, markAll } = props;
  useFreshPage();
  const words = useTokenWords();
  const router = useRouter();
  const url = useTableUrl();
  const [working, start] = useTransition();
  const [busy, setBusy] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { rows, unread } = page;
  const [newest] = rows;
  const filters: FilterDefinition[] = [
    {
      id: "event",
      label: "About",
      options: NOTICE_EVENTS.map((event) => ({ value: event, label: eventLabel(event, words) })),
    },
  ];

  function run(what: string, action: () => Promise<ActionResult<unknown>>) {
    setBusy(what);
    start(async () => {
      const result = await askServer(action);
      if ("unanswered" in result) toast.error("Latchkey did not answer. Check your connection and try again.");
      else {
        const sentence = actionSentence(result);
        if (sentence) toast.error(sentence);
        // What was marked may leave the list, and the button with it.
        else if (query.unread || what === "all") list.current?.focus();
      }
      router.refresh();
    });
  }

  /** Whoever goes where it leads has read it; the count at the bell follows when they are there. */
  const follow = (id: string, isRead: boolean) => {
    if (!isRead) void askServer(() => mark({ id, isRead: true })).then(() => router.refresh());
  };

  return (
    <div className="max-w-4xl">
      <PageHeader
        title="Notifications"
        description={
          <>
            What you were told in the last 90 days. <Link href={settingsHref as Route}>Choose what you are told</Link>
          </>
        }
        actions={
          <Button
            disabledReason={unread === 0 ? "Everything is read." : newest ? null : "There is nothing here."}
            loading={working && busy === "all"}
            onClick={() => newest && run("all", () => markAll({ upTo: newest.id, events: query.events }))}
          >
            <CheckCheck aria-hidden="true" className="size-4" />
            {query.before === null && query.events.length === 0 ? "Mark all as read" : "Mark these as read"}
          </Button>
        }
      />
      <div className="mt-5 min-w-0">
        <div className="flex min-h-8 flex-wrap items-center gap-2 pb-2.5">
          <Segmented
            aria-label="Show"
            value={query.unread ? "unread" : "all"}
            onValueChange={(show) => url.go({ show: show === "unread" ? show : null })}
            options={[
              { value: "all", label: "All" },
              { value: "unread", label: unread === 0 ? "Unread" : `Unread (${unread > 99 ? "99+" : unread})` },
            ]}
          />
          {filters.map((filter) => (
            <FilterChip key={filter.id} filter={filter} url={url} />
          ))}
        </div>
        <div
          ref={list}
          tabIndex={-1}
          aria-busy={url.pending}
          className={classNames(
            "rounded-surface border border-line bg-panel outline-none transition-opacity",
            url.pending && "opacity-55 delay-100",
          )}
        >
          {rows.length > 0 ? (
            <ol aria-label="Notifications" className="divide-y divide-line">
              {rows.map((row) => (
                <NotificationLine
                  key={row.id}
                  row={row}
                  tokensPath={tokensPath}
                  now={now}
                  busy={working && busy === row.id}
                  onMark={(isRead) => run(row.id, () => mark({ id: row.id, isRead }))}
                  onFollow={() => follow(row.id, row.isRead)}
                />
              ))}
            </ol>
          ) : (
            <NothingHere
              query={query}
              tellsExpiry={tellsExpiry}
              clear={() => url.go({ show: null, event: null, [cursorName]: null })}
            />
          )}
        </div>
        {(query.before !== null || page.before !== null) && (
          <nav aria-label="Pages" className="flex justify-end gap-2 py-3">
            {query.before !== null && (
              <Button size="sm" onClick={() => url.go({ [cursorName]: null })}>
                Newest
              </Button>
            )}
            <Button
              size="sm"
              disabledReason={page.before === null ? "There is nothing older." : null}
              onClick={() => url.go({ [cursorName]: page.before })}
            >
              Older
            </Button>
          </nav>
        )}
        <p role="status" className="sr-only">
          {url.pending
            ? "Loading notifications…"
            : `${rows.length} ${rows.length === 1 ? "notification" : "notifications"}, ${unread} unread`}
        </p>
      </div>
    </div>
  );
}

type NothingHereProps = { query: NotificationsQuery; tellsExpiry: boolean; clear: () => void };

function NothingHere({ query, tellsExpiry, clear }: NothingHereProps) {
  const words = useTokenWords();
  if (query.events.length > 0 || query.before !== null) {
    return (
      <EmptyState
        icon={SearchX}
        title="Nothing matches"
        description="You were told nothing of this kind."
        action={
          <Button size="sm" onClick={clear}>
            Show all
          </Button>
        }
      />
    );
  }
  if (query.unread) {
    return (
      <EmptyState
        icon={CheckCheck}
        title="Everything is read"
        action={
          <Button size="sm" onClick={clear}>
            Show all
          </Button>
        }
      />
    );
  }
  const one = `${words.a} ${words.one} of yours`;
  const removes = `${words.remove.toLowerCase()}s`;
  return (
    <EmptyState
      icon={BellOff}
      title="Nothing yet"
      description={
        tellsExpiry
          ? `You are told here before ${one} expires, and when somebody creates or ${removes} one.`
          : `You are told here when somebody creates or ${removes} ${one}.`
      }
    />
  );
}
