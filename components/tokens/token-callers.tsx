import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import type { TokenActivity, TokenCaller } from "@/lib/tokens/get-token-activity";
import { counted } from "./counted";

const SHOWN = 6;

/** Where calls came from, latest first. */
export async function TokenCallers({ activity }: { activity: Promise<TokenActivity> }) {
  const { callers, days } = await activity;
  const refused = days.some((day) => day.refused > 0);
  const more = callers.slice(SHOWN);
  return (
    <Card aria-label="Last callers">
      <CardHeader
        title="Last callers"
        description={`Each address with the program that it said it was.${refused ? " Calls that the chart counts as refused are not among them." : ""}`}
      />
      {callers.length === 0 ? (
        <CardBody>
          <p className="text-sm text-soft">Nobody has called with this token yet.</p>
        </CardBody>
      ) : (
        <>
          <Callers callers={callers.slice(0, SHOWN)} />
          {more.length > 0 && (
            <details className="group border-line border-t">
              <summary className="px-5 py-3 text-sm text-soft hover:text-ink max-sm:px-4">
                <span className="group-open:hidden">Show {more.length} more</span>
                <span className="hidden group-open:inline">Show fewer</span>
              </summary>
              <Callers callers={more} />
            </details>
          )}
        </>
      )}
    </Card>
  );
}

const Callers = ({ callers }: { callers: TokenCaller[] }) => (
  <ul className="divide-y divide-line">
    {callers.map((caller) => (
      <li
        key={`${caller.ip} ${caller.agent}`}
        className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-0.5 px-5 py-2.5 text-sm max-sm:px-4 sm:grid-cols-[minmax(8rem,1fr)_minmax(0,2fr)_9rem_7rem]"
      >
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{caller.ip}</span>
        <bdi
          title={caller.agent ?? undefined}
          className="truncate text-soft max-sm:order-last max-sm:col-span-2 max-sm:text-xs"
        >
          {caller.agent ?? "no program named"}
        </bdi>
        <span className="text-right text-soft max-sm:order-2 max-sm:col-span-2 max-sm:text-left max-sm:text-xs">
          {counted(caller.calls, "call")} in all
        </span>
        <span className="text-right text-soft max-sm:order-1">
          <RelativeTime value={caller.lastAt} />
        </span>
      </li>
    ))}
  </ul>
);

export const TokenCallersSkeleton = () => (
  <Card>
    <CardHeader title="Last callers" description="Each address with the program that it said it was." />
    <CardBody>
      <SkeletonRegion label="Loading the last callers">
        <div className="grid gap-4">
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} className="h-4 w-full" />
          ))}
        </div>
      </SkeletonRegion>
    </CardBody>
  </Card>
);
