import { z } from "zod";
import { descriptionInput } from "@/lib/text-input";
import { PLANS } from "./plans";

const organization_id = z.uuid({ error: "Choose an organization." });

export const setPlanInput = z.strictObject({ organization_id, plan: z.enum(PLANS, { error: "Choose a plan." }) });

/** Members read the reason, so switching off asks for one. */
export const switchTokensInput = z
  .strictObject({
    organization_id,
    enabled: z.boolean({ error: "Choose on or off." }),
    reason: descriptionInput("the reason")
      .nullish()
      .transform((value) => value ?? null),
  })
  .refine(({ enabled, reason }) => enabled || reason !== null, {
    path: ["reason"],
    error: "Say why: the members of the organization read it.",
  });
