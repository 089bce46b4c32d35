import { z } from "zod";
import { nameInput } from "@/lib/text-input";
import { signInInput } from "./sign-in-input";

/** Names of permissions with one space between them (RFC 6749, 3.3). */
export const scopeInput = z
  .string({ error: "Give permissions, with a space between them." })
  .max(4096, { error: "That is longer than any scope here." })
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/, {
    error: "Give permissions, with one space between them.",
  })
  .transform((text) => [...new Set(text.split(" "))].sort());

/** Who signs in to the API, and to which organization, by its slug or its id. */
export const logInInput = z.strictObject({
  email: signInInput.shape.email,
  password: signInInput.shape.password,
  organization: nameInput("the organization").optional(),
  scope: scopeInput.optional(),
});

const refreshTokenInput = z
  .string({ error: "Send the refresh token." })
  .min(1, { error: "Send the refresh token." })
  .max(4096, { error: "That is longer than any refresh token." });

export const refreshInput = z.strictObject({ refresh_token: refreshTokenInput });

export const logOutInput = z.strictObject({ refresh_token: refreshTokenInput.optional() });
