import { z } from "zod";

const seconds = z.int().nonnegative();

/** What introspection answers (RFC 7662, 2.2). Of what is not active nothing else is told. */
export const introspectionAnswer = z
  .discriminatedUnion("active", [
    z.object({ active: z.literal(false) }),
    z.object({
      active: z.literal(true),
      client_id: z.string().describe("The client of an access token; of any other token, its id."),
      username: z.string().describe("Who issued the token, or signed in."),
      sub: z.string().describe("The client of a client's access token; otherwise the member on whose behalf it acts."),
      scope: z.string().describe("What it may do at this moment, with a space between permissions."),
      token_type: z.literal("Bearer"),
      iss: z.string(),
      iat: seconds,
      exp: seconds.optional().describe("Left out where it does not expire."),
      aud: z.string().optional().describe("Of an access token: whom it is for."),
      jti: z.string().optional().describe("Of an access token: its id."),
    }),
  ])
  .meta({ id: "Introspection" });
