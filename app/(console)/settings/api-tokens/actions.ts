"use server";

import { memberAction } from "@/lib/auth/member-action";
import { requestAccess, requestAccessInput } from "@/lib/organizations/request-access";
import { done } from "@/lib/refusal";
import { createToken } from "@/lib/tokens/create-token";
import { deleteToken } from "@/lib/tokens/delete-token";
import { findTokens, findTokensInput } from "@/lib/tokens/find-tokens";
import { getTokenActivity } from "@/lib/tokens/get-token-activity";
import { createTokenInput, deleteTokenInput, updateTokenActionInput } from "@/lib/tokens/token-input";
import { updateToken } from "@/lib/tokens/update-token";

/** The one answer that carries a secret; the dialog that gets it is the only one to show it. */
export const createTokenAction = memberAction(createTokenInput, async (actor, input, ctx) => {
  const outcome = await createToken(actor, input, ctx);
  return outcome.ok ? done({ token: outcome.value.token, secret: outcome.value.secret.reveal() }) : outcome;
});

export const updateTokenAction = memberAction(updateTokenActionInput, updateToken);

export const deleteTokenAction = memberAction(deleteTokenInput, deleteToken);

/** The member's side of tokens that are switched off: it reaches the operator. */
export const requestAccessAction = memberAction(requestAccessInput, requestAccess);

/** What the search of the bar finds. */
export const findTokensAction = memberAction(findTokensInput, findTokens);

/** What deleting a token would break, asked for when the dialog opens. */
export const tokenActivityAction = memberAction(deleteTokenInput, getTokenActivity);
