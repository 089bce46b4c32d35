import { ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import { isTurnedAway } from "@/lib/refusals/refusal-checks";
import { inFewWords } from "@/lib/refusals/refusal-explanation";
import type { RefusedCall } from "@/lib/refusals/refusal-facts";
import { groupRefusals, type RefusalGroup } from "@/lib/refusals/refusal-groups";
import type { TokenWords } from "@/lib/tokens/token-words";
import { CodeWords } from "./code-words";

const SHOWN = 5;
const TITLE = "Refused calls";
const DESCRIPTION = "Of the last seven days, put together where alike.";
/** Of what the chart counts at the door: nobody is to look for it among the refused there. */
const COUNTED = "counted as allowed";

type RefusedCallsCardProps = { calls: Promise<RefusedCall[]>; path: string; words: TokenWords };

/** The newest refused calls of a token; each opens its explanation. */
export async function RefusedCallsCard({ calls, path, words }: RefusedCallsCardProps) {
  const all = groupRefusals(await calls);
  const more = all.slice(SHOWN);
  return (
    <Card aria-label={TITLE}>
      <CardHeader
        title={TITLE}
        description={
          all.some(({ latest }) => !isTurnedAway(latest.code))
            ? `${DESCRIPTION} In the chart, what was let in and refused by a rule or for its input is ${COUNTED}.`
            : DESCRIPTION
        }
        action={
          <Link
            href={path as Route}
            className="inline-flex min-h-6 items-center rounded-sm text-sm text-soft underline-offset-3 hover:text-ink hover:underline"
          >
            Explain a refused call
          </Link>
        }
      />
      {all.length === 0 ? (
        <CardBody>
          <p className="text-sm text-soft">No call was refused.</p>
        </CardBody>
      ) : (
        <>
          <Calls groups={all.slice(0, SHOWN)} path={path} words={words} />
          {more.length > 0 && (
            <details className="group border-line border-t">
              <summary className="px-5 py-3 text-sm text-soft hover:text-ink max-sm:px-4">
                <span className="group-open:hidden">Show {more.length} more</span>
                <span className="hidden group-open:inline">Show fewer</span>
              </summary>
              <Calls groups={more} path={path} words={words} />
            </details>
          )}
        </>
      )}
    </Card>
  );
}

const Calls = ({ groups, path, words }: { groups: RefusalGroup[]; path: string; words: TokenWords }) => (
  <ul className="divide-y divide-line">
    {groups.map(({ latest: call, count }) => (
      <li key={call.id} className="relative flex items-center gap-3 px-5 py-2.5 text-sm hover:bg-hover max-sm:px-4">
        <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5">
          <Link
            href={`${path}?${new URLSearchParams({ request: call.requestId })}` as Route}
            // The whole line is pressed.
            className="min-w-0 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0"
          >
            <CodeWords>{inFewWords(call, words)}</CodeWords>
          </Link>
          <span className="text-right text-soft">
            <RelativeTime value={call.at} className="relative" />
          </span>
          <span className="col-span-2 min-w-0 text-soft text-xs [overflow-wrap:anywhere]">
            <code className="font-mono">
              {call.method} {call.path}
            </code>{" "}
            · {call.status}
            {!isTurnedAway(call.code) && ` · ${COUNTED}`}
            {count > 1 && ` · ${count.toLocaleString("en")} times, this is the latest`}
          </span>
        </div>
        <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-faint" />
      </li>
    ))}
  </ul>
);

export const RefusedCallsSkeleton = () => (
  <Card>
    <CardHeader title={TITLE} description={DESCRIPTION} />
    <CardBody>
      <SkeletonRegion label="Loading the refused calls">
        <Skeleton className="h-4 w-full" />
      </SkeletonRegion>
    </CardBody>
  </Card>
);
