import { z } from "zod";
import { scopeInput } from "@/lib/access/scope";
import { signInInput } from "@/lib/auth/sign-in-input";
import { nameInput } from "@/lib/text-input";

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
