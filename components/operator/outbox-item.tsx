import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { counted } from "@/components/tokens/counted";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import type { OutboxLine } from "@/lib/mail/list-outbox";
import { failureWords } from "@/lib/mail/mail-failure";
import type { OutboxState } from "@/lib/mail/outbox-query";

export const STATES: Record<OutboxState, { words: string; tone: StatusTone }> = {
  waiting: { words: "Waiting", tone: "blue" },
  dead: { words: "Given up", tone: "red" },
  sent: { words: "Sent", tone: "green" },
  dropped: { words: "Dropped", tone: "grey" },
};

type OutboxItemProps = { message: OutboxLine; isSending: boolean; sendAgain: () => void };

/** A message: what it is about, to whom, how it fares and what can be done about it. */
export function OutboxItem({ message, isSending, sendAgain }: OutboxItemProps) {
  const { subject, kind, toAddress, organization, state, attempts, failure } = message;
  const isRetried = state === "waiting" && attempts > 0;
  const { words, tone } = isRetried ? ({ words: "Trying again", tone: "amber" } as const) : STATES[state];
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-2 px-5 py-3 text-sm max-sm:px-4 md:grid-cols-[minmax(0,1fr)_minmax(0,18rem)_7rem]">
      <div className="min-w-0">
        <p dir="auto" className="text-left font-medium [overflow-wrap:anywhere]">
          {subject ?? kindWords(kind)}
        </p>
        <p className="text-soft text-xs [overflow-wrap:anywhere]">
          to {toAddress} ·{" "}
          <Link
            href={`/operator/organizations/${organization.id}` as Route}
            className="underline decoration-line-strong underline-offset-3 hover:text-ink"
          >
            <bdi>{organization.name}</bdi>
          </Link>
        </p>
      </div>
      <div className="min-w-0">
        <StatusDot tone={tone}>{words}</StatusDot>
        <p className="text-pretty text-soft text-xs">{whenOf(message)}</p>
        {failure && state !== "sent" && (
          <p className="mt-0.5 text-pretty text-xs [overflow-wrap:anywhere]">
            {failureWords(failure) ?? <code className="font-mono">{failure}</code>}
            {message.doubtful && failure !== "no_answer" && " It may have arrived."}
          </p>
        )}
      </div>
      <div className="md:text-right">
        {state === "dead" && (
          <Button size="sm" loading={isSending} onClick={sendAgain}>
            Send again
            <span className="sr-only">
              {" "}
              to {toAddress}: {subject ?? kindWords(kind)}
            </span>
          </Button>
        )}
      </div>
    </li>
  );
}

function whenOf({ state, attempts, createdAt, nextAttemptAt, settledAt, failure }: OutboxLine): ReactNode {
  const tried = counted(attempts, "attempt");
  if (state === "waiting" && nextAttemptAt) {
    return attempts > 0 ? (
      <>
        {tried}, the next <RelativeTime value={nextAttemptAt} />
      </>
    ) : (
      <>
        written <RelativeTime value={createdAt} />
      </>
    );
  }
  if (!settledAt) return null;
  return (
    <>
      <RelativeTime value={settledAt} />
      {state === "dropped"
        ? !["not_wanted", "no_way"].includes(failure ?? "") && ", since what it tells was over"
        : attempts === 1
          ? null
          : `, ${tried}`}
    </>
  );
}

/** Before its first attempt a message has no subject: what it says is settled then. */
const kindWords = (kind: string) => {
  const words = kind.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
