"use client";

import { ChevronLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { classNames } from "@/components/ui/class-names";
import { ExactTime } from "@/components/ui/relative-time";
import type { MailboxMessage } from "@/lib/mail/read-mailbox";
import { MailFrame } from "./mail-frame";

const VIEWS = { message: "Message", text: "Plain text", headers: "Headers" } as const;
type View = keyof typeof VIEWS;

/** One message: as a mail program shows it, as plain text, and its headers. */
export function MailMessage({ message }: { message: MailboxMessage }) {
  const [view, setView] = useState<View>("message");
  return (
    <article aria-labelledby="subject" className="grid grid-cols-[minmax(0,1fr)] gap-4 px-6 py-5 max-sm:px-4">
      <Link
        href={"/dev/mailbox" as Route}
        className="-ml-1 inline-flex items-center gap-1 justify-self-start rounded-sm pr-1 text-sm text-soft hover:text-ink md:hidden"
      >
        <ChevronLeft aria-hidden="true" className="size-4" />
        Messages
      </Link>
      <header className="grid gap-2">
        <h2 id="subject" dir="auto" className="text-left font-semibold text-lg text-balance [overflow-wrap:anywhere]">
          {message.subject}
        </h2>
        <dl className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-2 text-sm [overflow-wrap:anywhere]">
          <Line term="From">{message.fromLine}</Line>
          <Line term="To">{message.toLine}</Line>
          <Line term="Sent">
            <ExactTime value={message.at} />
          </Line>
        </dl>
      </header>
      <fieldset className="flex gap-1 justify-self-start rounded-control border border-line bg-panel p-0.5">
        <legend className="sr-only">Show</legend>
        {(Object.keys(VIEWS) as View[]).map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={view === each}
            onClick={() => setView(each)}
            className={classNames(
              "h-7 rounded-sm px-2.5 font-medium text-sm transition-colors max-sm:h-9",
              view === each ? "bg-press text-ink" : "text-soft hover:text-ink",
            )}
          >
            {VIEWS[each]}
          </button>
        ))}
      </fieldset>
      {view === "message" && <MailFrame html={message.html} title={message.subject} />}
      {view === "text" && (
        <pre className="whitespace-pre-wrap rounded-surface border border-line bg-panel px-5 py-4 font-mono text-sm [overflow-wrap:anywhere] max-sm:px-4">
          <WithLinks text={message.text} />
        </pre>
      )}
      {view === "headers" && (
        <dl className="grid gap-x-6 gap-y-2 max-sm:gap-y-0 max-sm:[&>dt:not(:first-child)]:mt-3 rounded-surface border border-line bg-panel px-5 py-4 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
          {Object.entries({
            From: message.fromLine,
            To: message.toLine,
            Subject: message.subject,
            ...message.headers,
          }).map(([name, value]) => (
            <Line key={name} term={name}>
              <span className="font-mono">
                <WithLinks text={value} />
              </span>
            </Line>
          ))}
        </dl>
      )}
    </article>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{term}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

/** Addresses of pages as links, and everything else as it is. */
function WithLinks({ text }: { text: string }) {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return parts.map((part, at) =>
    at % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <a key={at} href={part} target="_blank" rel="noreferrer" className="underline underline-offset-3">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
