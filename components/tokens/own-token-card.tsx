"use client";

import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { DescriptionItem, DescriptionList } from "@/components/ui/description-list";
import { CalendarDate, ExactTime, RelativeTime } from "@/components/ui/relative-time";
import type { RenewalOptions } from "@/lib/tokens/token-extension";
import type { OwnTokenView } from "@/lib/tokens/view-own-token";
import { CreateTokenButton } from "./create-token-button";
import { DeleteTokenDialog } from "./delete-token-dialog";
import { ExpiryNotice } from "./expiry-notice";
import { whyNotRotated } from "./renewal-reasons";
import { RotateTokenDialog } from "./rotate-token-dialog";
import type { AnswerExpiryAction, TokenActions, WithdrawAnswerAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";
import { TokensOffCard } from "./tokens-off-card";
import { UnusedNotice } from "./unused-notice";

type OwnTokenCardProps = {
  view: OwnTokenView;
  /** Tokens have a page each below this path. */
  listPath: string;
  organizationName: string;
  apiUrl: string;
  actions: Pick<TokenActions, "create" | "rotate" | "remove" | "activity" | "receipt" | "requestAccess"> & {
    answer: AnswerExpiryAction;
    withdraw: WithdrawAnswerAction;
  };
};

/** *API token* in the profile, where everybody has one at most: generated, looked after and ended here. */
export function OwnTokenCard({ view, listPath, organizationName, apiUrl, actions }: OwnTokenCardProps) {
  const words = useTokenWords();
  const { live, expiredAt, options, switchedOff } = view;
  const days = options.policy.expiry === "fixed" ? options.policy.expiryDays : null;
  const [rotating, setRotating] = useState<string | null>(null);
  const only = live.length === 1 ? live[0] : null;
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
              <>
                {only && (
                  <Button
                    variant={only.expiresSoon ? "primary" : "secondary"}
                    disabledReason={whyNotRotated(only, words)}
                    onClick={() => setRotating(only.id)}
                  >
                    Rotate
                  </Button>
                )}
                {!switchedOff && (
                  // Its dialog may be showing the secret of the one that lives since.
                  <span className={live.length > 0 ? "hidden" : "contents"}>
                    <CreateTokenButton
                      options={options}
                      create={actions.create}
                      organizationName={organizationName}
                      apiUrl={apiUrl}
                      short
                    />
                  </span>
                )}
              </>
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
              alone={token === only}
              rotating={rotating === token.id}
              onRotating={(on) => setRotating(on ? token.id : null)}
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
  token: OwnTokenView["live"][number];
  href: string;
  renewal: RenewalOptions;
  /** It is the only one, and rotated from the card's head. */
  alone: boolean;
  rotating: boolean;
  onRotating: (on: boolean) => void;
};

function OwnToken({ token, href, renewal, apiUrl, actions, alone, rotating, onRotating }: OwnTokenProps) {
  const words = useTokenWords();
  const [removing, setRemoving] = useState(false);
  const { rotation } = token;
  return (
    <CardBody className="grid gap-4 border-line not-last:border-b">
      <ExpiryNotice token={token} expiry={token.expiry} actions={actions} />
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
          {!alone && (
            <Button disabledReason={whyNotRotated(token, words)} onClick={() => onRotating(true)}>
              Rotate
            </Button>
          )}
          <Button variant="danger-quiet" onClick={() => setRemoving(true)}>
            {words.remove}
          </Button>
        </div>
      </div>
      <RotateTokenDialog
        token={token}
        options={renewal}
        apiUrl={apiUrl}
        open={rotating}
        onOpenChange={onRotating}
        rotate={actions.rotate}
      />
      <DeleteTokenDialog
        token={token}
        open={removing}
        onOpenChange={setRemoving}
        remove={actions.remove}
        activity={actions.activity}
        receipt={actions.receipt}
        href={href}
      />
    </CardBody>
  );
}
