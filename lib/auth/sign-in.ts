import "server-only";
import { AuthError } from "next-auth";
import type { z } from "zod";
import { done, type Outcome } from "@/lib/refusal";
import { nextAuth, SignInRefused } from "./next-auth";
import { safeReturnTo } from "./safe-return-to";
import type { signInInput } from "./sign-in-input";

/** Signs this browser in and says where to go next. */
export async function signIn(input: z.output<typeof signInInput>): Promise<Outcome<{ returnTo: string }>> {
  try {
    await nextAuth.signIn("password", { email: input.email, password: input.password, redirect: false });
  } catch (error) {
    if (error instanceof SignInRefused) return { ok: false, refusal: error.refusal };
    // Auth.js wraps whatever else happened, a lost database included.
    throw error instanceof AuthError ? (error.cause?.err ?? error) : error;
  }
  return done({ returnTo: safeReturnTo(input.return_to) });
}
