import { z } from "zod";
import type { LoginTokens } from "@/lib/logins/login-tokens";
import { instant, time } from "./answer-fields";

export const loginTokensAnswer = z
  .object({
    access_token: z.string().describe("To send as Bearer with every call."),
    token_type: z.literal("Bearer").describe("How it is sent: Authorization: Bearer, and the token."),
    expires_in: z
      .int()
      .describe("Seconds for which the access token serves: an hour, or less at the very end of the login."),
    refresh_token: z.string().describe("For one use, at /api/v1/auth/refresh."),
    refresh_expires_in: z.int().describe("Seconds in which it can be used."),
    scope: z
      .string()
      .describe("Permissions, with a space between them. What the person may do no longer, the token may not either."),
    organization: z
      .object({
        id: z.uuid().describe("Stays when the name changes."),
        slug: z.string().describe("Its short name, as the login takes it."),
        name: z.string().describe("As people know it now."),
      })
      .describe("The one that was signed in to."),
  })
  .meta({ id: "LoginTokens" });

export const endedLoginAnswer = z
  .object({
    id: z.uuid().describe("Of the login, as in the audit log."),
    status: z.literal("ended").describe("The same in every such answer."),
    ended_at: instant.describe("From when on its refresh token and all its access tokens are refused."),
  })
  .meta({ id: "EndedLogin" });

/** What a login or a refresh gives, in the names of RFC 6749, 5.1. Its holder sees it this once. */
export const loginTokensResource = (
  { access, refresh, organization }: LoginTokens,
  now: Date,
): z.output<typeof loginTokensAnswer> => ({
  access_token: access.plain.reveal(),
  token_type: "Bearer",
  expires_in: access.expiresIn,
  refresh_token: refresh.plain.reveal(),
  refresh_expires_in: Math.floor((refresh.expiresAt.getTime() - now.getTime()) / 1000),
  scope: access.scope,
  organization,
});

export const endedLoginResource = ({
  id,
  endedAt,
}: {
  id: string;
  endedAt: Date;
}): z.output<typeof endedLoginAnswer> => ({
  id,
  status: "ended",
  ended_at: time(endedAt),
});
