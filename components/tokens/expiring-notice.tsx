import type { Route } from "next";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { tokenSearch } from "@/lib/tokens/token-search-params";
import type { TokensView } from "@/lib/tokens/view-tokens";

type ExpiringNoticeProps = {
  expiring: NonNullable<TokensView["expiring"]>;
  path: string;
  /** The list below is of these. */
  isListed: boolean;
};

/** What stops working within seven days unless somebody acts: the first by name, the others by number. */
export function ExpiringNotice({ expiring, path, isListed }: ExpiringNoticeProps) {
  const { count, first, callsLastDay } = expiring;
  const used =
    callsLastDay === 0
      ? "It was not used in the last 24 hours."
      : `It was used ${callsLastDay === 1 ? "once" : `${callsLastDay.toLocaleString("en")} times`} in the last 24 hours.`;
  const others = count - 1;
  return (
    <Notice
      tone="expiring"
      action={
        <>
          {others > 0 && !isListed && (
            <Link href={`${path}${tokenSearch({ expires: "unacknowledged", sort: "expires_at" })}` as Route}>
              Show the {count.toLocaleString("en")}
            </Link>
          )}
          <Link href={`${path}/${first.id}` as Route}>
            View<span className="sr-only"> {first.name}</span>
          </Link>
        </>
      }
    >
      <bdi className="line-clamp-2 font-semibold [display:inline]">{first.name}</bdi> expires{" "}
      <RelativeTime value={first.expiresAt} />. {used}
      {others > 0 &&
        ` ${others === 1 ? "One other expires" : `${others.toLocaleString("en")} others expire`} within 7 days.`}
    </Notice>
  );
}
