"use client";

import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CalendarDate, NearDate, RelativeTime, useZone } from "@/components/ui/relative-time";
import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import type { SecretUse, TokenSecrets } from "@/lib/tokens/read-rotation";
import type { TokenRow } from "@/lib/tokens/token-row";
import { CancelRotation } from "./cancel-rotation";
import { counted } from "./counted";
import { EndsUnused, movedExpiry } from "./ends-unused";
import type { CancelRotationAction } from "./token-actions";

type SecretsCardProps = {
  token: TokenRow;
  secrets: TokenSecrets;
  /** Why the rotation may not be cancelled; null where it may. */
  locked: string | null;
  cancel: CancelRotationAction;
};

/** Which secrets of a rotated token work, since when, and who uses them: so that one sees when the old one may end. */
export function SecretsCard({ token, secrets: { current, pending, previous }, locked, cancel }: SecretsCardProps) {
  const zone = useZone();
  const movesTo = pending && movedExpiry(pending.expiresAt, token.expiresAt, zone);
  return (
    <Card aria-label="Secrets">
      <CardHeader
        title="Secrets"
        description="Each by its last four characters."
        action={pending && <CancelRotation id={token.id} lastFour={pending.lastFour} locked={locked} cancel={cancel} />}
      />
      <CardBody className="grid gap-4">
        {pending && (
          <Secret lastFour={pending.lastFour} state="Waits for its first use" tone="blue">
            Made <RelativeTime value={pending.at} />
            {pending.by && (
              <>
                {" "}
                by <bdi>{pending.by}</bdi>
              </>
            )}
            . Once it is used, the one in use{" "}
            {pending.overlapDays === 0 ? "ends at once" : `goes on for ${counted(pending.overlapDays, "day")}`}
            {movesTo && (
              <>
                {" "}
                and the expiry moves to <NearDate value={movesTo} />
              </>
            )}
            .{token.expiresAt && <EndsUnused expiresAt={token.expiresAt} />}
          </Secret>
        )}
        <Secret lastFour={current.lastFour} state="In use" tone="green">
          Since <CalendarDate value={current.since} />. {current.use ? <Use use={current.use} /> : "Not used yet."}
        </Secret>
        {previous && (
          <Secret
            lastFour={previous.lastFour}
            state={
              <span>
                Ends <RelativeTime value={previous.endsAt} />
              </span>
            }
            tone="amber"
          >
            {previous.use && previous.use.at > current.since ? (
              <>
                <Use use={previous.use} /> What calls from there needs the new secret before then.
              </>
            ) : (
              <>
                {previous.use ? "Not used since the new one took over" : "Never used"}: as of{" "}
                <RelativeTime value={previous.knownAt} />, nothing is known to need it.
              </>
            )}
          </Secret>
        )}
      </CardBody>
    </Card>
  );
}

function Secret(props: { lastFour: string; state: ReactNode; tone: StatusTone; children: ReactNode }) {
  return (
    <div className="grid gap-0.5 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <StatusDot tone={props.tone} className="font-medium">
          {props.state}
        </StatusDot>
        <code translate="no" className="font-mono text-xs">
          …{props.lastFour}
        </code>
      </p>
      <p className="pl-[15px] text-pretty text-soft text-xs [overflow-wrap:anywhere]">{props.children}</p>
    </div>
  );
}

function Use({ use }: { use: SecretUse }) {
  return (
    <>
      Last used <RelativeTime value={use.at} />
      {use.ip && (
        <>
          {" "}
          from <span className="font-mono">{use.ip}</span>
        </>
      )}
      {use.agent && (
        <>
          {" "}
          by{" "}
          <bdi title={use.agent} className="inline-block max-w-48 truncate align-bottom">
            {use.agent}
          </bdi>
        </>
      )}
      .
    </>
  );
}
