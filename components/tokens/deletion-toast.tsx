import { TriangleAlert } from "lucide-react";
import { Spinner } from "@/components/ui/spinner";
import { secondText } from "@/components/ui/time-text";
import { toast } from "@/components/ui/toast";
import type { ReceiptInstance } from "@/lib/tokens/revocation-receipt";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { type FollowedReceipt, followReceipt } from "./follow-receipt";
import { missingInstances, receiptSentence, serverText } from "./receipt-text";
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

const toastOf = (tokenId: string) => `gone:${tokenId}`;

/** On the token's page, which has the receipt itself. */
export const dismissDeletion = (tokenId: string) => toast.dismiss(toastOf(tokenId));

/** Says that a token is gone, and follows who refuses it: stays until all do, or until somebody closes it. */
export function showDeletion({ token, words, receipt, open }: Deletion) {
  const id = toastOf(token.id);
  const closed = new AbortController();

  function show(followed: FollowedReceipt) {
    const missing = followed.receipt ? missingInstances(followed.receipt) : [];
    const isOver = !followed.following && missing.length === 0;
    toast.success(`Token ${words.removed}`, {
      id,
      icon: markOf(followed, missing),
      description: (
        <>
          <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{token.name}</bdi>
          <Receipt followed={followed} missing={missing} onLookAgain={follow} />
        </>
      ),
      duration: isOver ? STAYS_MS : Number.POSITIVE_INFINITY,
      closeButton: !isOver && !followed.following,
      action: open && {
        label: "Receipt",
        onClick: () => {
          closed.abort();
          open();
        },
      },
      onDismiss: () => closed.abort(),
    });
  }

  function follow() {
    show({ receipt: null, following: true });
    void followReceipt({ id: token.id, ask: receipt, onChange: show, signal: closed.signal });
  }
  follow();
}

/** A tick is for what all refuse. */
function markOf({ receipt, following }: FollowedReceipt, missing: readonly ReceiptInstance[]) {
  if (following) return <Spinner className="size-4 text-soft" />;
  if (receipt && missing.length === 0) return undefined;
  return <TriangleAlert aria-hidden="true" className="size-4 text-amber" />;
}

type ReceiptProps = { followed: FollowedReceipt; missing: readonly ReceiptInstance[]; onLookAgain: () => void };

function Receipt({ followed: { receipt, following }, missing, onLookAgain }: ReceiptProps) {
  if (following) {
    return <p className="mt-1.5 text-ink">{receipt ? receiptSentence(receipt) : "Asking every instance to confirm"}</p>;
  }
  const again = (
    <button type="button" onClick={onLookAgain} className="font-medium text-ink underline underline-offset-3">
      Look again
    </button>
  );
  if (!receipt) return <p className="mt-1.5">Who refuses it by now could not be looked up. {again}</p>;
  return (
    <>
      <p className="mt-1.5 text-ink">{receiptSentence(receipt)}</p>
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

function Missing({ instance }: { instance: ReceiptInstance }) {
  const { host, state, since } = instance;
  const at = since && secondText(since, Intl.DateTimeFormat().resolvedOptions().timeZone);
  return (
    <>
      <bdi className="font-mono text-xs">{host}</bdi> · {serverText(instance)}{" "}
      {state === "silent" ? `was last heard of at ${at}` : `has not confirmed since ${at}`}.{" "}
    </>
  );
}
