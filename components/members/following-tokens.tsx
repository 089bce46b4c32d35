"use client";

import type { ListedMember } from "@/lib/members/member-list";
import type { MemberActions } from "./member-actions";
import { useTokensOf } from "./use-tokens-of";

/** How many are named before the rest is a number. */
const NAMED = 3;

type FollowingTokensProps = { member: ListedMember; tokens: MemberActions["tokens"] };

/** What another role does to what runs in a member's name. */
export function FollowingTokens({ member, tokens }: FollowingTokensProps) {
  return (
    <p role="status" className="text-pretty text-sm">
      {member.liveTokens === null ? (
        "This member’s tokens, which are not yours to see, follow at their next call."
      ) : member.liveTokens === 0 ? (
        "No active token follows."
      ) : (
        <Named member={member} live={member.liveTokens} tokens={tokens} />
      )}
    </p>
  );
}

function Named({ member, live, tokens }: FollowingTokensProps & { live: number }) {
  const found = useTokensOf(member.id, tokens);
  const { live: count, named } = typeof found === "string" ? { live, named: [] } : found;
  const shown = named.slice(0, NAMED);
  const more = count - shown.length;
  return (
    <>
      {count === 1 ? "One active token follows" : `${count.toLocaleString("en")} active tokens follow`} at{" "}
      {count === 1 ? "its" : "their"} next call
      {shown.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? ": " : index === shown.length - 1 && more <= 0 ? " and " : ", "}
          <bdi className="font-medium [overflow-wrap:anywhere]">{name}</bdi>
        </span>
      ))}
      {shown.length > 0 && more > 0 && ` and ${more.toLocaleString("en")} more`}.
    </>
  );
}
