import { TriangleAlert } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { clockText } from "@/components/ui/time-text";
import { toast } from "@/components/ui/toast";
import type { ReceiptInstance } from "@/lib/tokens/revocation-receipt";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { type FollowedReceipt, followReceipt } from "./follow-receipt";
import { missingInstances, receiptSentence } from "./receipt-text";
import type { ReceiptAction } from "./token-actions";

type Deletion = {
  token: Pick<TokenRow, "id" | "name">;
  words: TokenWords;
  receipt: ReceiptAction;
  /** Leads to the token's page, where the receipt stays; null on that page. */
  open: (() => void) | null;
};

/** Time to read it; the token's page keeps it. */
const STAYS_MS = 8000;

/** Says that a token is gone, and follows who refuses it: stays until all do, or until somebody closes it. */
export function showDeletion({ token, words, receipt, open }: Deletion) {
  const id = `gone:${token.id}`;
  const closed = new AbortController();

  function show(followed: FollowedReceipt) {
    const missing = followed.receipt ? missingInstances(followed.receipt) : [];
    const isOver = !followed.following && missing.length === 0;
    toast.success(`Token ${words.removed}`, {
      id,
      description: (
        <>
          <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{token.name}</bdi>
          <Receipt followed={followed} missing={missing} onLookAgain={follow} />
        </>
      ),
      duration: isOver ? STAYS_MS : Number.POSITIVE_INFINITY,
      closeButton: !isOver && !followed.following,
      action: open && { label: "Receipt", onClick: open },
      onDismiss: () => closed.abort(),
    });
  }

  function follow() {
    show({ receipt: null, following: true });
    void followReceipt({ id: token.id, ask: receipt, onChange: show, signal: closed.signal });
  }
  follow();
}

type ReceiptProps = { followed: FollowedReceipt; missing: readonly ReceiptInstance[]; onLookAgain: () => void };

function Receipt({ followed: { receipt, following }, missing, onLookAgain }: ReceiptProps) {
  if (following) {
    return (
      <p className="mt-1.5 flex items-center gap-2 text-ink">
        <Spinner className="size-3 shrink-0 text-soft" />
        {receipt ? receiptSentence(receipt) : "Asking every instance to confirm"}
      </p>
    );
  }
  const again = (
    <button type="button" onClick={onLookAgain} className="font-medium text-ink underline underline-offset-3">
      Look again
    </button>
  );
  if (!receipt) return <p className="mt-1.5">Who refuses it by now could not be looked up. {again}</p>;
  return (
    <>
      <p className="mt-1.5 flex items-start gap-2 text-ink">
        {missing.length > 0 && <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0 text-amber" />}
        {receiptSentence(receipt)}
      </p>
      {missing.length > 0 && (
        <p className="mt-1">
          {missing.slice(0, 2).map((instance) => (
            <Missing key={instance.id} instance={instance} />
          ))}
          {missing.length > 2 && <>{missing.length - 2} more have not either. </>}
          {again}
        </p>
      )}
    </>
  );
}

function Missing({ instance: { host, state, since } }: { instance: ReceiptInstance }) {
  const at = since && clockText(since, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return (
    <>
      <bdi className="font-mono text-xs">{host}</bdi>{" "}
      {state === "silent" ? `was last heard of at ${at}` : `has not confirmed since ${at}`}.{" "}
    </>
  );
}
