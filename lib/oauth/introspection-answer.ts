import { z } from "zod";

const seconds = z.int().nonnegative();

/** What introspection answers (RFC 7662, 2.2). Of what is not active nothing else is told. */
export const introspectionAnswer = z
  .discriminatedUnion("active", [
    z.object({ active: z.literal(false).describe("Not to be let in; why is not told.") }),
    z.object({
      active: z.literal(true).describe("It works at this moment."),
      client_id: z.string().describe("The client of an access token; of any other token, its id."),
      username: z.string().describe("Who issued the token, or signed in."),
      sub: z.string().describe("The client of a client's access token; otherwise the member on whose behalf it acts."),
      scope: z.string().describe("What it may do at this moment, with a space between permissions."),
      token_type: z.literal("Bearer").describe("How it is sent."),
      iss: z.string().describe("This server, as in its metadata."),
      iat: seconds.describe("Seconds since 1970: when the access token was given, or any other token created."),
      exp: seconds.optional().describe("Seconds since 1970: when it ends. Left out where it does not expire."),
      aud: z.string().optional().describe("Of an access token: whom it is for."),
      jti: z.string().optional().describe("Of an access token: its id."),
    }),
  ])
  .meta({ id: "Introspection" });
