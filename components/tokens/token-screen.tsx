import { Suspense } from "react";
import { RefusedCallsCard, RefusedCallsSkeleton } from "@/components/refusals/refused-calls-card";
import { refusalSentence } from "@/lib/refusal";
import type { TokenView } from "@/lib/tokens/view-token";
import { BackToTokens } from "./back-to-tokens";
import { ExpiryNotice } from "./expiry-notice";
import { OutsideReasons } from "./outside-notice";
import { ReceiptCard } from "./receipt-card";
import { receiptState } from "./receipt-text";
import { SecretsCard } from "./secrets-card";
import { SwitchedOffNotice } from "./switched-off-notice";
import type {
  ActivityAction,
  AnswerExpiryAction,
  CancelRotationAction,
  DeleteAction,
  ExtendAction,
  ReceiptAction,
  RotateAction,
  UpdateAction,
  WithdrawAnswerAction,
} from "./token-actions";
import { TokenCallers, TokenCallersSkeleton } from "./token-callers";
import { TokenFacts } from "./token-facts";
import { TokenFate } from "./token-fate";
import { TokenHeader } from "./token-header";
import { TokenHistory, TokenHistorySkeleton } from "./token-history";
import { TokenPowers } from "./token-powers";
import { TokenUsage, TokenUsageSkeleton } from "./token-usage";
import { TokenUse } from "./token-use";
import { UnusedNotice } from "./unused-notice";

type TokenScreenProps = {
  view: TokenView;
  /** What this page hangs below. */
  back: { href: string; label: string };
  apiUrl: string;
  /** The path of *Explain a refused call*. */
  refusalsPath: string;
  actions: {
    update: UpdateAction;
    remove: DeleteAction;
    activity: ActivityAction;
    receipt: ReceiptAction;
    answer: AnswerExpiryAction;
    withdraw: WithdrawAnswerAction;
    rotate: RotateAction;
    cancelRotation: CancelRotationAction;
    extend: ExtendAction;
  };
};

/** A token's own page: what it is, what it may do, how it is used and what happened to it. */
export function TokenScreen({ view, back, apiUrl, refusalsPath, actions }: TokenScreenProps) {
  const { token, switchedOff, activity, events, receipt, words } = view;
  return (
    <>
      <BackToTokens {...back} />
      <TokenHeader
        token={token}
        fields={view.fields}
        switchedOff={switchedOff !== null}
        update={actions.update}
        remove={actions.remove}
        activity={actions.activity}
        receipt={actions.receipt}
        rotate={actions.rotate}
        extend={actions.extend}
        renewal={view.renewal}
        apiUrl={apiUrl}
      />
      <div className="mt-5 grid gap-3 empty:hidden">
        {switchedOff && token.status === "active" && <SwitchedOffNotice reason={switchedOff.reason} words={words} />}
        <TokenFate token={token} events={events} receipt={receipt} words={words} />
        <ExpiryNotice
          token={token}
          expiry={view.expiry}
          waiting={view.secrets?.pending}
          rotation={{ options: view.renewal, apiUrl, rotate: actions.rotate }}
          actions={actions}
        />
        <UnusedNotice token={token} words={words} />
        <OutsideReasons token={token} words={words} />
      </div>
      {/* Below each other: what it is, how it is used, what it may do. On a wide page the first and the last stand at the side. */}
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:col-start-2 lg:row-start-1">
          {receipt && receiptState(receipt) !== "empty" && <ReceiptCard receipt={receipt} ask={actions.receipt} />}
          {view.secrets && (
            <SecretsCard
              token={token}
              secrets={view.secrets}
              locked={token.locked && refusalSentence({ code: token.locked }, words)}
              cancel={actions.cancelRotation}
            />
          )}
          <TokenFacts token={token} policyNetworks={view.fields.policyNetworks} words={words} />
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:col-start-1 lg:row-span-2 lg:row-start-1">
          <Suspense fallback={<TokenUsageSkeleton token={token} words={words} />}>
            <TokenUsage activity={activity} token={token} words={words} />
          </Suspense>
          <Suspense fallback={<TokenCallersSkeleton />}>
            <TokenCallers activity={activity} />
          </Suspense>
          <Suspense fallback={<RefusedCallsSkeleton />}>
            <RefusedCallsCard calls={view.refusedCalls} path={refusalsPath} words={words} />
          </Suspense>
          <Suspense fallback={<TokenHistorySkeleton />}>
            <TokenHistory token={token} events={events} words={words} />
          </Suspense>
        </div>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:col-start-2 lg:row-start-2">
          <TokenPowers
            token={token}
            switchedOff={switchedOff !== null}
            tokensMayMint={view.tokensMayMint}
            words={words}
          />
          {token.status === "active" && <TokenUse token={token} apiUrl={apiUrl} />}
        </div>
      </div>
    </>
  );
}
