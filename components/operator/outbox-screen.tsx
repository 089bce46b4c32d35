"use client";

import { Inbox, SearchX } from "lucide-react";
import { useState } from "react";
import { FilterChip } from "@/components/data-table/filter-chip";
import { SearchBox } from "@/components/data-table/search-box";
import type { FilterDefinition } from "@/components/data-table/table-definition";
import { chosenOptions, cursorName, searchName } from "@/components/data-table/table-url";
import { useTableUrl } from "@/components/data-table/use-table-url";
import { useFreshPage } from "@/components/shell/use-fresh-page";
import { counted } from "@/components/tokens/counted";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { RelativeTime } from "@/components/ui/relative-time";
import type { OutboxView } from "@/lib/mail/list-outbox";
import { OUTBOX_STATES } from "@/lib/mail/outbox-query";
import { OutboxItem, STATES } from "./outbox-item";
import { SendAllAgainDialog } from "./send-all-again-dialog";
import { type SendAgain, useSendAgain } from "./use-send-again";

/** What is in the outbox, latest first, with its filters and its place in the address. */
export function OutboxScreen({ view, sendAgain }: { view: OutboxView; sendAgain: SendAgain }) {
  useFreshPage();
  const url = useTableUrl();
  const sending = useSendAgain(sendAgain);
  const [asking, setAsking] = useState(false);
  const { rows, waiting, dead, oldest } = view;
  const counts: Partial<Record<string, number>> = { waiting, dead };
  const filter: FilterDefinition = {
    id: "state",
    label: "State",
    options: OUTBOX_STATES.map((state) => ({ value: state, label: STATES[state].words, count: counts[state] })),
  };
  const filtered = chosenOptions(url.query, filter).length > 0 || new URLSearchParams(url.query).has(searchName);
  const clear = () => url.go({ [filter.id]: null, [searchName]: null });
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-2 pb-2.5">
        <SearchBox url={url} placeholder="Search receivers" />
        <FilterChip filter={filter} url={url} />
        {filtered && rows.length > 0 && (
          <Button variant="ghost" size="sm" onClick={clear}>
            Clear
          </Button>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-soft max-sm:ml-0 max-sm:w-full max-sm:justify-between">
          <p>
            {oldest ? (
              <>
                {waiting.toLocaleString("en")} waiting, the oldest written <RelativeTime value={oldest} />
              </>
            ) : (
              "Nothing waits"
            )}
          </p>
          {dead > 0 && (
            <Button size="sm" onClick={() => setAsking(true)}>
              Send all {dead.toLocaleString("en")} again
              <span className="sr-only"> that were given up</span>
            </Button>
          )}
        </div>
      </div>
      <div
        aria-busy={url.pending}
        className={classNames(
          "rounded-surface border border-line bg-panel transition-opacity",
          url.pending && "opacity-55 delay-100",
        )}
      >
        {rows.length > 0 ? (
          <ol aria-label="Messages" className="divide-y divide-line">
            {rows.map((message) => (
              <OutboxItem
                key={message.id}
                message={message}
                isSending={sending.busy === message.id}
                sendAgain={() => void sending.one(message)}
              />
            ))}
          </ol>
        ) : filtered ? (
          <EmptyState
            icon={SearchX}
            title="Nothing matches"
            description="No message has all of what you chose. Take a filter away."
            action={
              <Button size="sm" onClick={clear}>
                Clear filters
              </Button>
            }
          />
        ) : (
          <EmptyState
            icon={Inbox}
            title="No messages yet"
            description="They are written when a token is created, ended or about to expire, as the policies ask, and kept for 30 days."
          />
        )}
      </div>
      {rows.length > 0 && (
        <Pagination
          summary={`${counted(rows.length, "message")}, latest first`}
          previousHref={view.previous === null ? null : url.href({ [cursorName]: view.previous })}
          nextHref={view.next === null ? null : url.href({ [cursorName]: view.next })}
          onNavigate={(href) => url.go({ [cursorName]: new URL(href, location.href).searchParams.get(cursorName) })}
        />
      )}
      <p role="status" className="sr-only">
        {url.pending ? "Loading messages…" : counted(rows.length, "message")}
      </p>
      <SendAllAgainDialog
        count={dead}
        open={asking}
        onOpenChange={setAsking}
        busy={sending.busy === "all"}
        send={async () => {
          if (await sending.all()) setAsking(false);
        }}
      />
    </div>
  );
}
