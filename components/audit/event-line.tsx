"use client";

import { ChevronDown } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useId, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import { auditSentence } from "@/lib/audit/audit-sentence";
import type { AuditRow } from "@/lib/audit/read-audit-events";
import type { GroupWords } from "@/lib/organizations/group-words";
import type { TokenWords } from "@/lib/tokens/token-words";
import { EventFacts } from "./event-facts";

type EventLineProps = {
  event: AuditRow;
  names: Record<string, string>;
  words: { tokens: TokenWords; groups: GroupWords };
};

/** Who did what to whom and when, in a line; what it changed below it on request. */
export function EventLine({ event, names, words }: EventLineProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const { by, subject, details } = event;
  const hasFacts = Object.keys(details).length > 0;
  const name = by.kind === "system" ? "Latchkey" : (by.member?.name ?? `Somebody outside your ${words.groups.many}`);
  return (
    <li className="px-5 py-3 text-sm max-sm:px-4">
      <div className="flex items-start gap-3">
        <Avatar name={name} seed={by.member?.email ?? by.member?.id ?? name} className="mt-px" />
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5">
          <p className="min-w-0 text-pretty [overflow-wrap:anywhere]">
            <bdi className="font-medium">{name}</bdi> {deed(event, words)}
            {subject.name && (
              <>
                {" "}
                <Subject subject={subject} />
              </>
            )}
            {by.login && <span className="text-soft"> through the API</span>}
            {by.kind === "token" && (
              <span className="text-soft">
                {" "}
                through {by.token ? <bdi>{by.token.name}</bdi> : `${words.tokens.a} ${words.tokens.one}`}
              </span>
            )}
          </p>
          <p className="text-soft text-xs max-sm:basis-full">
            {event.ip && <span className="mr-3 font-mono max-sm:hidden">{event.ip}</span>}
            <RelativeTime
              className="inline-block sm:min-w-28 sm:text-right"
              value={event.at}
              detail={event.ip ? `from ${event.ip}` : null}
            />
          </p>
        </div>
        {hasFacts ? (
          <Button
            variant="ghost"
            size="icon-xs"
            aria-label={`Details of what ${name} did`}
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            className="-my-1"
          >
            <ChevronDown
              aria-hidden="true"
              className={classNames("size-4 transition-transform motion-reduce:transition-none", open && "rotate-180")}
            />
          </Button>
        ) : (
          <span className="w-7 shrink-0" />
        )}
      </div>
      {hasFacts && (
        <div id={id} hidden={!open} className="mt-2.5 mr-7 ml-9 rounded-control bg-hover px-3.5 py-2.5">
          <EventFacts details={details} names={names} />
        </div>
      )}
    </li>
  );
}

const PAGES: Partial<Record<AuditRow["subject"]["kind"], (id: string) => string>> = {
  token: (id) => `/settings/api-tokens/${id}`,
  member: (id) => `/members/${id}`,
  group: (id) => `/groups/${id}`,
  role: () => "/roles",
  permission: () => "/roles",
};

function Subject({ subject }: { subject: AuditRow["subject"] }) {
  const page = PAGES[subject.kind]?.(subject.id);
  if (!page || !subject.isThere) return <bdi>{subject.name}</bdi>;
  return (
    <Link href={page as Route} className="underline decoration-line-strong underline-offset-3 hover:decoration-ink">
      <bdi>{subject.name}</bdi>
    </Link>
  );
}

/** The sentence of the action, with the organization's own word for a group in it. */
function deed({ action }: AuditRow, { tokens, groups }: EventLineProps["words"]): string {
  const sentence = auditSentence(action, tokens);
  return action.startsWith("group.") ? sentence.replace(/group$/, groups.one) : sentence;
}
