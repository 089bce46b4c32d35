import { z } from "zod";
import { nameInput } from "@/lib/text-input";
import { PASSWORD_LONGEST } from "./password-rule";

/** An email address as a person types it. Whether mail arrives there is not decided by its letters. */
export const emailInput = nameInput("your email", 254).refine((value) => /^[^\s@]+@[^\s@]+$/.test(value), {
  error: "Enter an email address, such as name@example.com.",
});

export const signInInput = z.object({
  email: emailInput,
  password: z
    .string({ error: "Enter your password." })
    .min(1, { error: "Enter your password." })
    .max(PASSWORD_LONGEST * 4, { error: "That is longer than any password here." }),
  /** Where the person was going; anything may stand here, `safeReturnTo` decides. */
  return_to: z.string().max(4096).nullish().catch(null),
});
