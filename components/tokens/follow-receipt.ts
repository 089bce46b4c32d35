import type { RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import { askServer } from "./form-answer";
import { receiptState } from "./receipt-text";
import type { ReceiptAction } from "./token-actions";

/** Milliseconds before each look. Most instances confirm before the first; after half a minute a person decides. */
const PAUSES = [250, 250, 500, 1000, 1500, 2000, 3000, 4000, 5000, 6000, 7000];

export interface FollowedReceipt {
  /** Null until the first one came. */
  receipt: RevocationReceipt | null;
  following: boolean;
}

interface Following {
  id: string;
  ask: ReceiptAction;
  /** Told of every look, and at the end. */
  onChange: (followed: FollowedReceipt) => void;
  signal: AbortSignal;
}

/** Looks at a receipt until nobody is missing on it, for half a minute at most. Never rejects. */
export async function followReceipt({ id, ask, onChange, signal }: Following): Promise<void> {
  let receipt: RevocationReceipt | null = null;
  for (const pause of PAUSES) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    if (signal.aborted) return;
    // What cannot be read now may be at the next look.
    const result = await askServer(() => ask({ id }));
    if (signal.aborted) return;
    if (!result.ok) continue;
    receipt = result.value;
    if (receiptState(receipt) !== "open") break;
    onChange({ receipt, following: true });
  }
  onChange({ receipt, following: false });
}
