"use client";

import { CircleCheck, TriangleAlert } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Spinner } from "@/components/ui/spinner";
import { StatusDot, type StatusTone } from "@/components/ui/status-dot";
import type { ReceiptInstance, RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import { followReceipt } from "./follow-receipt";
import { durationText, instancesByNeed, receiptSentence, receiptState, serverText } from "./receipt-text";
import type { ReceiptAction } from "./token-actions";
import { useTokenWords } from "./token-words-context";

/** The lasting receipt of a deletion: who refuses the token, and since when. Follows by itself while one is missing. */
export function ReceiptCard({ receipt: read, ask }: { receipt: RevocationReceipt; ask: ReceiptAction }) {
  const words = useTokenWords();
  const { receipt, following, askedAgain, lookAgain } = useReceipt(read, ask);
  const isOpen = receiptState(receipt) === "open";
  return (
    <Card aria-label="Receipt">
      <CardHeader title="Receipt" description={`Who refuses it since its ${words.removal}.`} />
      <CardBody className="grid gap-3">
        <p role="status" className="flex items-start gap-2 font-medium text-pretty">
          <Mark isOpen={isOpen} following={following} />
          {receiptSentence(receipt)}
        </p>
        <ul className="grid gap-2 text-sm">
          {instancesByNeed(receipt).map((instance) => (
            <li key={instance.id} className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
              <StatusDot tone={TONES[instance.state]} className="h-5">
                {null}
              </StatusDot>
              <div className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-4 leading-5">
                <span className="min-w-0">
                  <bdi className="font-mono text-xs [overflow-wrap:anywhere]">{instance.host}</bdi>
                  <span className="whitespace-nowrap text-soft text-xs"> · {serverText(instance)}</span>
                </span>
                <span className="text-soft">
                  <Standing instance={instance} />
                </span>
              </div>
            </li>
          ))}
        </ul>
        {isOpen && (!following || askedAgain) && (
          <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
            <p className="min-w-0 flex-1 basis-48 text-pretty text-soft text-sm">
              One that is cut off from the database stops letting anybody in by itself, after half a minute at the
              latest.
            </p>
            <Button size="sm" loading={following} onClick={lookAgain}>
              Look again
            </Button>
          </div>
        )}
      </CardBody>
    </Card>
  );
}

const TONES: Record<ReceiptInstance["state"], StatusTone> = {
  confirmed: "green",
  stopped: "grey",
  waiting: "amber",
  silent: "amber",
};

function Mark({ isOpen, following }: { isOpen: boolean; following: boolean }) {
  if (following) return <Spinner className="mt-0.5 shrink-0 text-soft" />;
  const [Icon, tone] = isOpen ? [TriangleAlert, "text-amber"] : [CircleCheck, "text-green"];
  return <Icon aria-hidden="true" className={`mt-0.5 size-4 shrink-0 ${tone}`} />;
}

function Standing({ instance: { state, after, since } }: { instance: ReceiptInstance }) {
  switch (state) {
    case "confirmed":
      return `after ${durationText(after ?? 0)}`;
    case "stopped":
      return <>stopped {since && <RelativeTime value={since} />}</>;
    case "waiting":
      return <>not confirmed, asked {since && <RelativeTime value={since} />}</>;
    case "silent":
      return <>last heard of {since && <RelativeTime value={since} />}</>;
  }
}

/** The receipt as the page has it, or as it was found since. */
function useReceipt(read: RevocationReceipt, ask: ReceiptAction) {
  const [later, setLater] = useState<RevocationReceipt | null>(null);
  const receipt = later && receiptState(read) === "open" ? later : read;
  const [following, setFollowing] = useState(receiptState(read) === "open");
  const [askedAgain, setAskedAgain] = useState(false);
  const follow = useEffectEvent((signal: AbortSignal) =>
    followReceipt({
      id: read.tokenId,
      ask,
      signal,
      onChange: (followed) => {
        if (followed.receipt) setLater(followed.receipt);
        setFollowing(followed.following);
      },
    }),
  );
  useEffect(() => {
    if (!following) return;
    const left = new AbortController();
    void follow(left.signal);
    return () => left.abort();
  }, [following]);
  function lookAgain() {
    setAskedAgain(true);
    setFollowing(true);
  }
  return { receipt, following, askedAgain, lookAgain };
}
