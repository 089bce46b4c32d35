"use server";

import { EVERY_PORTAL, memberAction } from "@/lib/auth/member-action";
import { answerExpiry, withdrawExpiryAnswer } from "@/lib/notices/answer-expiry";
import { answerExpiryInput, withdrawAnswerInput } from "@/lib/notices/notice-input";
import { requestAccess, requestAccessInput } from "@/lib/organizations/request-access";
import { done } from "@/lib/refusal";
import { cancelRotation } from "@/lib/tokens/cancel-rotation";
import { createToken } from "@/lib/tokens/create-token";
import { deleteToken } from "@/lib/tokens/delete-token";
import { extendToken } from "@/lib/tokens/extend-token";
import { findTokens, findTokensInput } from "@/lib/tokens/find-tokens";
import { getTokenActivity } from "@/lib/tokens/get-token-activity";
import { revocationReceipt } from "@/lib/tokens/revocation-receipt";
import { rotateToken } from "@/lib/tokens/rotate-token";
import {
  createTokenInput,
  deleteTokenInput,
  extendTokenActionInput,
  rotateTokenActionInput,
  updateTokenActionInput,
} from "@/lib/tokens/token-input";
import { updateToken } from "@/lib/tokens/update-token";

/** The one answer that carries a secret; the dialog that gets it is the only one to show it. */
export const createTokenAction = memberAction(
  createTokenInput,
  async (actor, input, ctx) => {
    const outcome = await createToken(actor, input, ctx);
    return outcome.ok ? done({ token: outcome.value.token, secret: outcome.value.secret.reveal() }) : outcome;
  },
  EVERY_PORTAL,
);

/** The other answer that carries a secret, for the dialog of the rotation alone. */
export const rotateTokenAction = memberAction(
  rotateTokenActionInput,
  async (actor, input, ctx) => {
    const outcome = await rotateToken(actor, input, ctx);
    return outcome.ok ? done({ token: outcome.value.token, secret: outcome.value.secret.reveal() }) : outcome;
  },
  EVERY_PORTAL,
);

export const cancelRotationAction = memberAction(deleteTokenInput, cancelRotation, EVERY_PORTAL);

export const extendTokenAction = memberAction(extendTokenActionInput, extendToken, EVERY_PORTAL);

export const updateTokenAction = memberAction(updateTokenActionInput, updateToken, EVERY_PORTAL);

export const deleteTokenAction = memberAction(deleteTokenInput, deleteToken, EVERY_PORTAL);

/** *Acknowledge* and *Remind me* of a token that is about to expire. */
export const answerExpiryAction = memberAction(answerExpiryInput, answerExpiry, EVERY_PORTAL);

/** *Undo* of either. */
export const withdrawExpiryAnswerAction = memberAction(withdrawAnswerInput, withdrawExpiryAnswer, EVERY_PORTAL);

/** The member's side of tokens that are switched off: it reaches the operator. */
export const requestAccessAction = memberAction(requestAccessInput, requestAccess, EVERY_PORTAL);

/** What the search of the bar finds. */
export const findTokensAction = memberAction(findTokensInput, findTokens, EVERY_PORTAL);

/** What deleting a token would break, asked for when the dialog opens. */
export const tokenActivityAction = memberAction(deleteTokenInput, getTokenActivity, EVERY_PORTAL);

/** Who refuses a deleted token by now, asked for until all do. */
export const tokenReceiptAction = memberAction(
  deleteTokenInput,
  (actor, { id }, ctx) => revocationReceipt(actor, id, ctx),
  EVERY_PORTAL,
);
