"use client";

import { ScrollText, SearchX } from "lucide-react";
import { FilterChip } from "@/components/data-table/filter-chip";
import type { FilterDefinition } from "@/components/data-table/table-definition";
import { chosenOptions, cursorName } from "@/components/data-table/table-url";
import { useTableUrl } from "@/components/data-table/use-table-url";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import type { AuditKind } from "@/lib/audit/audit-kinds";
import type { AuditView } from "@/lib/audit/list-audit-events";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { TokenWords } from "@/lib/tokens/token-words";
import { EventLine } from "./event-line";

type AuditLogProps = { view: AuditView; words: { tokens: TokenWords; groups: GroupWords } };

/** The log, newest first, with its filters and its place in the address. */
export function AuditLog({ view, words }: AuditLogProps) {
  const url = useTableUrl();
  const kinds: Record<AuditKind, string> = {
    tokens: words.tokens.title,
    members: "Members",
    groups: words.groups.title,
    roles: "Roles and permissions",
    settings: "Settings and policy",
    sessions: "Signing in and out",
  };
  const filters: FilterDefinition[] = [
    { id: "kind", label: "About", options: Object.entries(kinds).map(([value, label]) => ({ value, label })) },
    {
      id: "by",
      label: "Done by",
      options: view.people.map(({ id, name, email }) => ({
        value: id,
        label: name,
        mark: <Avatar name={name} seed={email ?? id} size="sm" />,
      })),
    },
  ];
  const filtered = filters.some((filter) => chosenOptions(url.query, filter).length > 0);
  const clear = () => url.go({ kind: null, by: null });
  const { rows } = view;
  return (
    <div className="min-w-0">
      <div className="flex min-h-8 flex-wrap gap-2 pb-2.5">
        {filters.map((filter) => (
          <FilterChip key={filter.id} filter={filter} url={url} />
        ))}
        {filtered && rows.length > 0 && (
          <Button variant="ghost" size="sm" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
      <div
        aria-busy={url.pending}
        className={classNames(
          "rounded-surface border border-line bg-panel transition-opacity",
          url.pending && "opacity-55 delay-100",
        )}
      >
        {rows.length > 0 ? (
          <ol aria-label="Events" className="divide-y divide-line">
            {rows.map((event) => (
              <EventLine key={event.id} event={event} names={view.names} words={words} />
            ))}
          </ol>
        ) : filtered ? (
          <EmptyState
            icon={SearchX}
            title="Nothing matches"
            description="No event has all of what you chose. Take a filter away."
            action={
              <Button size="sm" onClick={clear}>
                Clear filters
              </Button>
            }
          />
        ) : (
          <EmptyState icon={ScrollText} title="Nothing has happened yet" description="Every change is written here." />
        )}
      </div>
      {rows.length > 0 && (
        <Pagination
          summary={`${rows.length} ${rows.length === 1 ? "event" : "events"}, newest first`}
          previousHref={view.previous === null ? null : url.href({ [cursorName]: view.previous })}
          nextHref={view.next === null ? null : url.href({ [cursorName]: view.next })}
          onNavigate={(href) => url.go({ [cursorName]: new URL(href, location.href).searchParams.get(cursorName) })}
        />
      )}
      <p role="status" className="sr-only">
        {url.pending ? "Loading events…" : `${rows.length} events`}
      </p>
    </div>
  );
}
