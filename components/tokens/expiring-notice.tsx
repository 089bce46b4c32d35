"use client";

import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { TokenRow } from "@/lib/tokens/token-row";
import { tokenSearch } from "@/lib/tokens/token-search-params";
import type { TokensView } from "@/lib/tokens/view-tokens";
import { counted } from "./counted";
import { whyNotRotated } from "./renewal-reasons";
import { RotateTokenDialog } from "./rotate-token-dialog";
import type { RotateAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";

type ExpiringNoticeProps = {
  /** Null where there is nothing to say: a dialog that was opened before stays. */
  expiring: TokensView["expiring"];
  path: string;
  renewal: RenewalOptions;
  apiUrl: string;
  rotate: RotateAction;
};

/** What stops working within seven days unless somebody acts: the first by name, the others by number. */
export function ExpiringNotice({ expiring, path, renewal, apiUrl, rotate }: ExpiringNoticeProps) {
  const words = useTokenWords();
  // The token stays while its dialog is open, whatever becomes the first meanwhile.
  const [subject, setSubject] = useState<TokenRow | null>(null);
  const [isOpen, setIsOpen] = useState(false);

  function open(token: TokenRow) {
    setSubject(token);
    setIsOpen(true);
  }

  return (
    <>
      {expiring && <First {...expiring} path={path} offers={offersRotation(expiring.first)} onRotate={open} />}
      {subject && (
        <RotateTokenDialog
          key={subject.id}
          token={subject}
          options={renewal}
          apiUrl={apiUrl}
          open={isOpen}
          onOpenChange={setIsOpen}
          rotate={rotate}
        />
      )}
    </>
  );

  /** Where a new secret waits already, what is to be done is on the token's page. */
  function offersRotation(token: TokenRow) {
    return token.renewsTo !== null && !token.rotation?.waitingSince && !whyNotRotated(token, words);
  }
}

type FirstProps = NonNullable<TokensView["expiring"]> & {
  path: string;
  offers: boolean;
  onRotate: (token: TokenRow) => void;
};

function First({ count, first, callsLastDay, path, offers, onRotate }: FirstProps) {
  const others = count - 1;
  return (
    <Notice
      tone="expiring"
      action={
        <span className="flex items-center gap-4">
          {others > 0 && (
            <Link href={`${path}${tokenSearch({ expires: "unacknowledged", sort: "expires_at" })}` as Route}>
              Show the {count.toLocaleString("en")}
            </Link>
          )}
          {offers ? (
            <Button size="xs" onClick={() => onRotate(first)}>
              Rotate<span className="sr-only"> {first.name}</span>
            </Button>
          ) : (
            others === 0 && (
              <Link href={`${path}/${first.id}` as Route}>
                View<span className="sr-only"> {first.name}</span>
              </Link>
            )
          )}
        </span>
      }
    >
      <Link
        href={`${path}/${first.id}` as Route}
        className="font-semibold underline decoration-line-strong underline-offset-3 hover:decoration-current"
      >
        <bdi>{first.name}</bdi>
      </Link>{" "}
      expires <RelativeTime value={first.expiresAt ?? ""} />.{" "}
      {first.rotation?.waitingSince
        ? "A new secret waits: use it before then."
        : callsLastDay === 0
          ? "It was not used in the last 24 hours."
          : `It was used ${callsLastDay === 1 ? "once" : counted(callsLastDay, "time")} in the last 24 hours.`}
      {others > 0 &&
        ` ${others === 1 ? "One other expires" : `${others.toLocaleString("en")} others expire`} within 7 days.`}
    </Notice>
  );
}
