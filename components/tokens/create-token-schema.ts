import { z } from "zod";
import { calendarDateProblem } from "@/components/ui/calendar-date";
import { type Refusal, refusalSentence } from "@/lib/refusal";
import type { CreateOptions } from "@/lib/tokens/create-options";
import { createTokenInput } from "@/lib/tokens/token-input";
import { tokenNaming } from "@/lib/tokens/token-naming";
import { decideDescription, decideExpiry } from "@/lib/tokens/token-policy";
import type { TokenWords } from "@/lib/tokens/token-words";
import { readNetworkLines } from "./network-lines";

/** Of a day: the server speaks of moments. */
export const PAST_DAY = "Choose a day in the future.";

/** The input of *Create*, with what the policy would refuse said before it is sent. An expiry that is no instant is what was typed for a date. */
export function createTokenSchema(policy: CreateOptions["policy"], words: TokenWords) {
  const { name, description, role_id, expires_at } = createTokenInput.shape;
  const say = (ctx: { addIssue(issue: string): void }, problem: Refusal | string | null) => {
    if (problem) ctx.addIssue(typeof problem === "string" ? problem : refusalSentence(problem, words));
  };
  return createTokenInput.extend({
    name: tokenNaming(policy) === "asked" ? name.unwrap() : z.string(),
    description: description.superRefine((value, ctx) => say(ctx, decideDescription(policy, value))),
    role_id: role_id.superRefine((value, ctx) => {
      if (policy.access === "assigned_role" && !value) say(ctx, { code: "role_required" });
    }),
    allowed_networks: networkText(policy.allowedNetworks),
    expires_at: expires_at.or(z.string()).superRefine((value, ctx) => {
      if (typeof value === "string") return say(ctx, calendarDateProblem(value));
      const outcome = decideExpiry(policy, value, new Date());
      if (!outcome.ok) say(ctx, outcome.refusal.code === "expiry_in_past" ? PAST_DAY : outcome.refusal);
    }),
  });
}

/** The lines of a form's networks; each fault is told at its line. What is there already may stay as it is. */
export const networkText = (bounds: readonly string[], before = "") =>
  z.string().superRefine((text, ctx) => {
    if (text !== before && readNetworkLines(text, bounds).faults.length > 0)
      ctx.addIssue("Put right the lines that are marked.");
  });

export type CreateTokenValues = z.input<ReturnType<typeof createTokenSchema>>;
