import { Suspense } from "react";
import { Notice } from "@/components/ui/notice";
import { ExactTime } from "@/components/ui/relative-time";
import type { TokenEvent } from "@/lib/tokens/read-token-events";
import type { RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { whyDeleted } from "./event-details";
import { receiptRemark, receiptState } from "./receipt-text";

type TokenFateProps = {
  token: TokenRow;
  events: Promise<TokenEvent[]>;
  receipt: RevocationReceipt | null;
  words: TokenWords;
};

/** What is to be known first: that it is gone and by whom, or that it is over. That it soon will be is an `ExpiryNotice`. */
export function TokenFate({ token, events, receipt, words }: TokenFateProps) {
  if (token.deletedAt) {
    return (
      <Notice title={`This token is ${words.removed}`}>
        <Suspense fallback={<EndedOn at={token.deletedAt} words={words} />}>
          <EndedBy at={token.deletedAt} events={events} words={words} />
        </Suspense>{" "}
        {receipt && receiptState(receipt) === "open"
          ? "Its next call here is refused."
          : "Every call with it is refused."}{" "}
        What is left is this record.
        {receipt && receiptState(receipt) === "empty" && <> {receiptRemark(receipt, words.removal)}</>}
      </Notice>
    );
  }
  if (!token.expiresAt) return null;
  if (token.status === "expired") {
    return (
      <Notice tone="warning" title="This token has expired">
        It stopped working on <ExactTime value={token.expiresAt} className="whitespace-normal!" />. Create another where
        it is still needed.
      </Notice>
    );
  }
  return null;
}

const EndedOn = ({ at, words }: { at: Date; words: TokenWords }) => (
  <>
    {words.removedStatus} on <ExactTime value={at} className="whitespace-normal!" />.
  </>
);

async function EndedBy({ at, events, words }: { at: Date; events: Promise<TokenEvent[]>; words: TokenWords }) {
  const event = (await events).find(({ action }) => action === "token.deleted");
  const by = event?.actor;
  const why = event && whyDeleted(event);
  if (!by) {
    return (
      <>
        {words.removedStatus} on <ExactTime value={at} className="whitespace-normal!" />
        {why && `, ${why}`}.
      </>
    );
  }
  return (
    <>
      <bdi className="font-medium">{by.name}</bdi> {words.removed} it on{" "}
      <ExactTime value={at} className="whitespace-normal!" />.
    </>
  );
}
