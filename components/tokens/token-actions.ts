import type { ActionResult } from "@/lib/auth/action-result";
import type { TokenActivity } from "@/lib/tokens/get-token-activity";
import type { RevocationReceipt } from "@/lib/tokens/revocation-receipt";
import type { CreateTokenWish } from "@/lib/tokens/token-input";
import type { TokenRow } from "@/lib/tokens/token-row";

// The server actions of this room, as the page hands them to its components.

/** Answers with the one copy of the secret that there will ever be. */
export type CreateAction = (input: CreateTokenWish) => Promise<ActionResult<{ token: TokenRow; secret: string }>>;

/** Answers with a new secret, this once. `overlap_days` as for the API. */
export type RotateAction = (input: {
  id: string;
  overlap_days: number;
}) => Promise<ActionResult<{ token: TokenRow; secret: string }>>;

export type CancelRotationAction = (input: { id: string }) => Promise<ActionResult<TokenRow>>;

/** `expires_at` in RFC 3339; null for never. */
export type ExtendAction = (input: { id: string; expires_at: string | null }) => Promise<ActionResult<TokenRow>>;

export type UpdateAction = (input: {
  id: string;
  change: { name?: string; description?: string | null; allowed_networks?: string[] };
}) => Promise<ActionResult<TokenRow>>;

export type DeleteAction = (input: { id: string }) => Promise<ActionResult<TokenRow>>;

/** Asks the operator to switch tokens on. */
export type RequestAccessAction = (input: { reason: string }) => Promise<ActionResult<{ requestedAt: Date }>>;

export type ActivityAction = (input: { id: string }) => Promise<ActionResult<TokenActivity>>;

/** Says that one knows of a token's expiry; null days for good. */
export type AnswerExpiryAction = (input: {
  id: string;
  remind_in_days: number | null;
}) => Promise<ActionResult<{ remindAt: Date | null }>>;

/** Takes back what one said of it. */
export type WithdrawAnswerAction = (input: { id: string }) => Promise<ActionResult<null>>;

/** Asks what became of a deletion, instance by instance. */
export type ReceiptAction = (input: { id: string }) => Promise<ActionResult<RevocationReceipt>>;

export interface TokenActions {
  create: CreateAction;
  rotate: RotateAction;
  extend: ExtendAction;
  update: UpdateAction;
  remove: DeleteAction;
  activity: ActivityAction;
  receipt: ReceiptAction;
  requestAccess: RequestAccessAction;
}
