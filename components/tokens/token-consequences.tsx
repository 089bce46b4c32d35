"use client";

import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton, SkeletonRegion } from "@/components/ui/skeleton";
import type { TokenActivity, TokenCaller } from "@/lib/tokens/get-token-activity";
import { counted } from "./counted";
import { useTokenWords } from "./token-words-context";

/** How the token was used; "unknown" where that could not be found out. */
export type FoundActivity = TokenActivity | "loading" | "unknown";

const SHOWN = 3;

/** Who would be refused from now on, as far as the last 24 hours tell. */
export function TokenConsequences({ found }: { found: FoundActivity }) {
  const words = useTokenWords();
  if (found === "loading") return <Loading />;
  if (found === "unknown") {
    return (
      <Notice tone="warning" live title="Its use could not be looked up">
        Something may depend on it right now, so {words.remove.toLowerCase()} it only if you are sure.
      </Notice>
    );
  }
  if (found.lastDay === 0) return <Unused activity={found} />;
  const recent = found.callers.slice(0, Math.min(SHOWN, found.callersLastDay));
  const more = found.callersLastDay - recent.length;
  return (
    <section aria-label="What breaks" className="grid gap-2 rounded-[10px] border border-line px-3.5 py-3">
      <p className="text-pretty">
        <span className="font-medium">{counted(found.lastDay, "call")}</span> in the last 24 hours
        {found.callersLastDay > 0 && <> from {counted(found.callersLastDay, "address", "addresses")}</>}. The next one
        is refused.
      </p>
      {recent.length > 0 && (
        <ul className="grid gap-1.5 border-line border-t pt-2 text-sm">
          {recent.map((caller) => (
            <Caller key={`${caller.ip} ${caller.agent}`} caller={caller} />
          ))}
          {more > 0 && <li className="text-soft text-xs">and {more.toLocaleString("en")} more</li>}
        </ul>
      )}
    </section>
  );
}

const Caller = ({ caller }: { caller: TokenCaller }) => (
  <li className="flex min-w-0 flex-wrap items-baseline gap-x-3">
    <span className="min-w-0 shrink-0 font-mono text-xs [overflow-wrap:anywhere]">{caller.ip}</span>
    <bdi
      className="min-w-0 flex-1 truncate text-soft text-xs max-sm:order-last max-sm:basis-full"
      title={caller.agent ?? undefined}
    >
      {caller.agent ?? ""}
    </bdi>
    <span className="shrink-0 text-soft text-xs">{counted(caller.calls, "call")} in all</span>
    <RelativeTime value={caller.lastAt} className="text-soft text-xs" />
  </li>
);

function Unused({ activity }: { activity: TokenActivity }) {
  const calls = activity.days.reduce((sum, day) => sum + day.allowed + day.forbidden, 0);
  const last = activity.callers[0];
  return (
    <p className="text-pretty rounded-[10px] bg-hover px-3.5 py-2.5 text-sm">
      No calls in the last 24 hours
      {calls > 0 ? <>, {counted(calls, "call")} in the last 30 days</> : ", nor in the last 30 days"}.
      {last && (
        <>
          {" "}
          The last came <RelativeTime value={last.lastAt} /> from{" "}
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{last.ip}</span>.
        </>
      )}
    </p>
  );
}

const Loading = () => (
  <SkeletonRegion label="Looking up who uses it">
    <div className="grid gap-3 rounded-[10px] border border-line px-3.5 py-3">
      <Skeleton className="h-4 w-4/5" />
      <Skeleton className="h-3 w-3/5" />
      <Skeleton className="h-3 w-2/5" />
    </div>
  </SkeletonRegion>
);
