"use client";

import { Check, CircleDot, Clock, Hourglass, KeyRound, type LucideIcon, ShieldAlert, Trash2 } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTokenWords } from "@/components/tokens/token-words-context";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import type { NotificationRow, SinceTold } from "@/lib/notices/list-notifications";
import type { NoticeEvent } from "@/lib/notices/notice-events";
import {
  noticeAdvice,
  noticeFacts,
  noticeSentence,
  sinceToldText,
  toldTokens,
  waitingAdvice,
  waitingSecret,
} from "@/lib/notices/notice-words";
import type { TokenQuery } from "@/lib/tokens/token-input";
import { tokenSearch } from "@/lib/tokens/token-search-params";
import type { TokenWords } from "@/lib/tokens/token-words";

const LOOKS: Record<NoticeEvent, { icon: LucideIcon; look: string }> = {
  token_expiring: { icon: Clock, look: "bg-brass-wash text-brass-ink" },
  token_inactive: { icon: Hourglass, look: "bg-brass-wash text-brass-ink" },
  token_created: { icon: KeyRound, look: "bg-hover text-soft" },
  token_deleted: { icon: Trash2, look: "bg-hover text-soft" },
  token_leaked: { icon: ShieldAlert, look: "bg-red-wash text-red-ink" },
};

type NotificationLineProps = {
  row: NotificationRow;
  /** Tokens have a page each below this path. */
  tokensPath: string;
  now: Date;
  busy: boolean;
  onMark: (isRead: boolean) => void;
  /** A link in it is followed. */
  onFollow: () => void;
};

/** What happened and when, with the way to what to do about it. */
export function NotificationLine({ row, tokensPath, now, busy, onMark, onFollow }: NotificationLineProps) {
  const words = useTokenWords();
  const { event, details, isRead, at } = row;
  const sentence = noticeSentence(row, words, now);
  const { icon: Icon, look } = LOOKS[event];
  const advice = isRead ? null : noticeAdvice(row, words, now);
  const told = toldTokens(details);
  const many = told && told.count > 1 ? told : null;
  const masked = details.kind === "token" ? details.token.masked : many ? null : told?.tokens[0]?.masked;
  const only = told?.count === 1 ? row.since[told.tokens[0]?.id ?? ""] : undefined;
  const facts = [...(only ? [sinceToldText(only, words)] : []), ...noticeFacts(details)];
  const newSecret = waitingSecret(details);
  const all = many && allOf(event, many, words);
  return (
    <li className="flex items-start gap-3.5 px-5 py-3.5 text-sm max-sm:gap-3 max-sm:px-4">
      <span className={classNames("mt-px grid size-8 shrink-0 place-items-center rounded-full", look)}>
        <Icon aria-hidden="true" className="size-4" strokeWidth={1.75} />
      </span>
      <div className="grid min-w-0 flex-1 gap-0.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5">
          <p className={classNames("min-w-0 text-pretty [overflow-wrap:anywhere]", !isRead && "font-medium")}>
            {!isRead && (
              <>
                <span aria-hidden="true" className="mr-2 inline-block size-2 rounded-full bg-brass align-[0.0625rem]" />
                <span className="sr-only">Unread: </span>
              </>
            )}
            <bdi>{sentence.lead}</bdi>
            {sentence.token && (
              <TokenLink {...sentence.token} path={tokensPath} onFollow={onFollow} className="font-semibold" />
            )}
            {sentence.rest}
            {sentence.at && (
              <>
                {" "}
                <RelativeTime value={sentence.at} />
              </>
            )}
          </p>
          <p className="text-soft text-xs max-sm:basis-full">
            <RelativeTime value={at} />
          </p>
        </div>
        {(masked || facts.length > 0) && (
          <p className="text-soft text-xs [overflow-wrap:anywhere]">
            {masked && <code className="font-mono">{masked}</code>}
            {facts.map((fact, index) => (
              <span key={fact}>
                {(masked || index > 0) && " · "}
                <bdi>{fact}</bdi>
              </span>
            ))}
          </p>
        )}
        {newSecret && (
          <p className="text-pretty text-soft text-xs">
            A new secret was made <RelativeTime value={newSecret.since} /> and waits to be used.{" "}
            {waitingAdvice(newSecret.renews, words)}
          </p>
        )}
        {many && all && (
          <ul className="mt-1 grid gap-1 text-soft text-xs">
            {many.tokens.map((token) => (
              <li key={token.id} className="flex flex-wrap gap-x-2 [overflow-wrap:anywhere]">
                <TokenLink {...token} path={tokensPath} onFollow={onFollow} className="text-ink" />
                {token.at && <RelativeTime value={token.at} />}
                {row.since[token.id] && <span>{sinceToldText(row.since[token.id] as SinceTold, words)}</span>}
                {token.newSecret && <span>new secret waits</span>}
              </li>
            ))}
            <li>
              <Link
                href={`${tokensPath}${tokenSearch(all.query)}` as Route}
                onClick={onFollow}
                className="rounded-xs font-medium text-ink underline decoration-line-strong underline-offset-3"
              >
                {all.label}
              </Link>
            </li>
          </ul>
        )}
        {advice && <p className="mt-0.5 text-pretty text-soft text-xs">{advice}</p>}
      </div>
      <Button
        variant="ghost"
        size="icon-sm"
        className="-mr-1.5 max-sm:size-10"
        aria-label={isRead ? "Mark as unread" : "Mark as read"}
        title={isRead ? "Mark as unread" : "Mark as read"}
        loading={busy}
        onClick={() => onMark(!isRead)}
      >
        {isRead ? (
          <CircleDot aria-hidden="true" className="size-4" strokeWidth={1.75} />
        ) : (
          <Check aria-hidden="true" className="size-4" />
        )}
      </Button>
    </li>
  );
}

/** Where the tokens of a message stand among the others of their kind, and what the way there is called. */
function allOf(
  event: NoticeEvent,
  { count }: { count: number },
  { removed }: TokenWords,
): { query: Partial<TokenQuery>; label: string } {
  // Those of other days are among them.
  if (event === "token_deleted") return { query: { status: ["deleted"] }, label: `Show all that were ${removed}` };
  const sort = event === "token_inactive" ? "last_used_at" : "expires_at";
  return {
    query: { status: ["active"], sort },
    label: count === 2 ? "Show both" : `Show all ${count.toLocaleString("en")}`,
  };
}

type TokenLinkProps = { id: string; name: string; path: string; onFollow: () => void; className: string };

const TokenLink = ({ id, name, path, onFollow, className }: TokenLinkProps) => (
  <Link
    href={`${path}/${id}` as Route}
    onClick={onFollow}
    className={classNames("rounded-xs underline decoration-line-strong underline-offset-3", className)}
  >
    <bdi>{name}</bdi>
  </Link>
);
