import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import { auditSentence } from "@/lib/audit/audit-sentence";
import type { TokenEvent } from "@/lib/tokens/read-token-events";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { EventDetails } from "./event-details";

const DESCRIPTION = "From the audit log.";

type TokenHistoryProps = { token: TokenRow; events: Promise<TokenEvent[]>; words: TokenWords };

/** Who did what to it and when, latest first. */
export async function TokenHistory({ token, events, words }: TokenHistoryProps) {
  const list = await events;
  return (
    <Card aria-label="History">
      <CardHeader title="History" description={DESCRIPTION} />
      <CardBody>
        <ol className="grid">
          {list.map((event) => (
            <li
              key={event.id}
              className="relative grid gap-1 pb-5 pl-6 text-sm before:absolute before:top-1.5 before:left-0 before:size-[7px] before:rounded-full before:bg-line-strong after:absolute after:top-4 after:bottom-0 after:left-[3px] after:w-px after:bg-line last:pb-0 last:after:hidden"
            >
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <p className="min-w-0 [overflow-wrap:anywhere]">
                  {event.action === "token.secret_replaced" ? (
                    // A program did, in the name of whom it was made for.
                    "The new secret was used for the first time"
                  ) : (
                    <>
                      <bdi className="font-medium">{event.actor?.name ?? "Latchkey"}</bdi>{" "}
                      {auditSentence(event.action, words)}
                      {event.through && <Through token={event.through} self={token.id} />}
                      {event.throughApi && ", through the API"}
                    </>
                  )}
                </p>
                <span className="text-soft text-xs">
                  <RelativeTime value={event.at} detail={event.ip ? `from ${event.ip}` : null} />
                </span>
              </div>
              <EventDetails event={event} token={token} />
            </li>
          ))}
        </ol>
        {list.length === 0 && <p className="text-sm text-soft">Nothing is recorded.</p>}
      </CardBody>
    </Card>
  );
}

/** Which token acted, as far as the reader sees it. */
function Through({ token: { id, name }, self }: { token: { id: string; name: string | null }; self: string }) {
  if (id === self) return ", through the token itself";
  if (name === null) return ", through a token";
  return (
    <>
      , through the token <bdi>{name}</bdi>
    </>
  );
}

export const TokenHistorySkeleton = () => (
  <Card>
    <CardHeader title="History" description={DESCRIPTION} />
    <CardBody>
      <SkeletonRegion label="Loading the history">
        <div className="grid gap-4">
          <Skeleton className="h-4 w-3/5" />
          <Skeleton className="h-4 w-2/5" />
        </div>
      </SkeletonRegion>
    </CardBody>
  </Card>
);
