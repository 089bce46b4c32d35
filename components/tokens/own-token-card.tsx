"use client";

import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { CalendarDate, ExactTime, RelativeTime } from "@/components/ui/relative-time";
import { refusalSentence } from "@/lib/refusal";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { OwnTokenView } from "@/lib/tokens/view-own-token";
import { CreateTokenButton } from "./create-token-button";
import { DeleteTokenDialog } from "./delete-token-dialog";
import { RotateTokenDialog } from "./rotate-token-dialog";
import type { TokenActions } from "./token-actions";
import { useTokenWords } from "./token-words-context";
import { TokensOffCard } from "./tokens-off-card";
import { UnusedNotice } from "./unused-notice";

type OwnTokenCardProps = {
  view: OwnTokenView;
  /** Tokens have a page each below this path. */
  listPath: string;
  organizationName: string;
  apiUrl: string;
  actions: Pick<TokenActions, "create" | "rotate" | "remove" | "activity" | "receipt" | "requestAccess">;
};

/** *API token* in the profile, where everybody has one at most: generated, looked after and ended here. */
export function OwnTokenCard({ view, listPath, organizationName, apiUrl, actions }: OwnTokenCardProps) {
  const words = useTokenWords();
  const { live, expiredAt, options, switchedOff } = view;
  const days = options.policy.expiry === "fixed" ? options.policy.expiryDays : null;
  const title = words.one.charAt(0).toUpperCase() + words.one.slice(1);
  return (
    <>
      {switchedOff && (
        <TokensOffCard
          switchedOff={switchedOff}
          live={live.length}
          organizationName={organizationName}
          requestAccess={actions.requestAccess}
        />
      )}
      {(!switchedOff || live.length > 0) && (
        <Card id="api-token" aria-label={title}>
          <CardHeader
            title={title}
            description={
              <>
                Lets a program call the <bdi className="[overflow-wrap:anywhere]">{organizationName}</bdi> API on your
                behalf, with what you may do at that moment. One at a time
                {days !== null && <>, for {days} days</>}.
              </>
            }
            action={
              !switchedOff && (
                <CreateTokenButton
                  options={options}
                  create={actions.create}
                  organizationName={organizationName}
                  apiUrl={apiUrl}
                  short
                />
              )
            }
          />
          {live.map((token) => (
            <OwnToken
              key={token.id}
              token={token}
              href={`${listPath}/${token.id}`}
              renewal={view.renewal}
              apiUrl={apiUrl}
              actions={actions}
            />
          ))}
          {live.length === 0 && (
            <CardBody>
              <p className="text-pretty text-sm">
                {expiredAt ? (
                  <>
                    Your last one expired on <ExactTime value={expiredAt} className="whitespace-normal!" /> and is gone:
                    what used it is refused.{" "}
                    <span className="text-soft">Generate another and put it where the old one was.</span>
                  </>
                ) : (
                  <>
                    You have none. <span className="text-soft">Its secret is shown once, when you generate it.</span>
                  </>
                )}
              </p>
            </CardBody>
          )}
        </Card>
      )}
    </>
  );
}

type OwnTokenProps = Pick<OwnTokenCardProps, "apiUrl" | "actions"> & {
  token: TokenRow;
  href: string;
  renewal: RenewalOptions;
};

function OwnToken({ token, href, renewal, apiUrl, actions }: OwnTokenProps) {
  const words = useTokenWords();
  const [dialog, setDialog] = useState<"rotate" | "remove" | null>(null);
  const { rotation } = token;
  return (
    <CardBody className="grid gap-4 border-line not-last:border-b">
      <UnusedNotice token={token} words={words} />
      <DescriptionList>
        <DescriptionItem term="Name">
          <bdi className="[overflow-wrap:anywhere]">{token.name}</bdi>
        </DescriptionItem>
        <DescriptionItem term="Token">
          <code className="font-mono text-xs">{token.masked}</code>
        </DescriptionItem>
        <DescriptionItem term="Created">
          <CalendarDate value={token.createdAt} />
        </DescriptionItem>
        <DescriptionItem term="Expires">
          {token.expiresAt ? (
            <>
              <ExactTime value={token.expiresAt} className="whitespace-normal!" />
              <RelativeTime
                value={token.expiresAt}
                className={`block text-xs ${token.expiresSoon ? "font-medium text-amber-ink" : "text-soft"}`}
              />
            </>
          ) : (
            "Never"
          )}
        </DescriptionItem>
        <DescriptionItem term="Last used">
          {token.lastUsedAt ? (
            <>
              <RelativeTime value={token.lastUsedAt} />
              {token.lastUsedIp && (
                <span className="text-soft">
                  {" "}
                  from <span className="font-mono text-xs">{token.lastUsedIp}</span>
                </span>
              )}
            </>
          ) : (
            <span className="text-soft">never</span>
          )}
        </DescriptionItem>
      </DescriptionList>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="max-w-[52ch] flex-1 basis-60 text-pretty text-soft text-sm">
          {rotation?.waitingSince ? (
            <>
              A new secret was made <RelativeTime value={rotation.waitingSince} /> and waits for its first use.
            </>
          ) : rotation?.previousEndsAt ? (
            <>
              The secret before the last rotation ends <RelativeTime value={rotation.previousEndsAt} />.
            </>
          ) : (
            "Rotate it for a new secret before it expires: the old one goes on until the new one is used."
          )}{" "}
          <Link href={href as Route} className="underline decoration-line-strong underline-offset-3 hover:text-ink">
            Its use and history
          </Link>
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            disabledReason={
              (token.stopped === "tokens_disabled" ? refusalSentence({ code: "tokens_disabled" }, words) : null) ??
              (token.locked && refusalSentence({ code: token.locked }, words))
            }
            onClick={() => setDialog("rotate")}
          >
            Rotate
          </Button>
          <Button variant="danger-quiet" onClick={() => setDialog("remove")}>
            {words.remove}
          </Button>
        </div>
      </div>
      <RotateTokenDialog
        token={token}
        options={renewal}
        apiUrl={apiUrl}
        open={dialog === "rotate"}
        onOpenChange={(open) => setDialog(open ? "rotate" : null)}
        rotate={actions.rotate}
      />
      <DeleteTokenDialog
        token={token}
        open={dialog === "remove"}
        onOpenChange={(open) => setDialog(open ? "remove" : null)}
        remove={actions.remove}
        activity={actions.activity}
        receipt={actions.receipt}
        href={href}
      />
    </CardBody>
  );
}
