import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/context";
import type { Outcome } from "@/lib/refusal";
import { setUp } from "./set-up";
import type { setupInput } from "./setup-input";
import { signIn } from "./sign-in";

/** Makes the first organization and signs its administrator in on this browser. */
export async function setUpAndSignIn(
  input: z.output<typeof setupInput>,
  ctx: Context,
): Promise<Outcome<{ returnTo: string }>> {
  const outcome = await setUp(input, ctx);
  return outcome.ok ? signIn({ email: input.email, password: input.password, return_to: null }) : outcome;
}
