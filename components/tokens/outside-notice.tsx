import type { Route } from "next";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { CalendarDate } from "@/components/ui/relative-time";
import { MENDABLE, OUTSIDE_REASONS } from "@/lib/tokens/token-compliance";
import type { TokenRow } from "@/lib/tokens/token-row";
import { tokenSearch } from "@/lib/tokens/token-search-params";
import type { TokenWords } from "@/lib/tokens/token-words";

type OutsideNoticeProps = { count: number; changedAt: Date; sees: "all" | "own"; path: string; words: TokenWords };

/** How many of the tokens that one sees lie outside the policy, and the way to them. */
export function OutsideNotice({ count, changedAt, sees, path, words }: OutsideNoticeProps) {
  const which = count === 1 ? `1 ${words.one}` : `${count.toLocaleString("en")} ${words.many}`;
  return (
    <Notice
      tone="warning"
      action={
        <Link href={`${path}${tokenSearch({ policy: "outside" })}` as Route}>
          {count === 1 ? "Show it" : `Show the ${count.toLocaleString("en")}`}
        </Link>
      }
    >
      <span className="font-semibold">
        {sees === "own" ? "Yours: " : ""}
        {which} outside the token policy
      </span>
      , which was last changed on <CalendarDate value={changedAt} />. {count === 1 ? "It keeps" : "They keep"} working;
      replace {count === 1 ? "it" : "them"} when you can.
    </Notice>
  );
}

/** On the token's own page: in what it lies outside, and what to do about it. */
export function OutsideReasons({ token, words }: { token: TokenRow; words: TokenWords }) {
  const { outsidePolicy: reasons } = token;
  if (reasons.length === 0) return null;
  const mendable = reasons.every((reason) => MENDABLE.has(reason));
  return (
    <Notice tone="warning" title="Outside the token policy">
      {reasons.length === 1 ? (
        <p>{reasons.map((reason) => OUTSIDE_REASONS[reason])}</p>
      ) : (
        <ul className="list-disc pl-4">
          {reasons.map((reason) => (
            <li key={reason}>{OUTSIDE_REASONS[reason]}</li>
          ))}
        </ul>
      )}
      <p className="mt-1">
        It keeps working.{" "}
        {mendable
          ? "Edit it and say what it is for."
          : reasons.includes("issuer_not_allowed")
            ? `Somebody who may ${words.make} ${words.many} has to ${words.make} another; move what uses this one over, then ${words.remove.toLowerCase()} it.`
            : `${words.make === "create" ? "Create" : "Generate"} another by the policy of now, move what uses this one over, then ${words.remove.toLowerCase()} it.`}
      </p>
    </Notice>
  );
}
