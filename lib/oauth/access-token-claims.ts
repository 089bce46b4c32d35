import { z } from "zod";

/** Seconds for which an access token serves, where nothing around it ends before. */
export const ACCESS_TOKEN_SECONDS = 3600;

/** Characters that one has at most. Servers on the way give all headers together twice to four times as many. */
export const ACCESS_TOKEN_LENGTH = 4096;

/** `client_id` of an access token that a person signed in for (RFC 9068, 2.2: it is always there). */
export const PERSONS_CLIENT_ID = "latchkey";

const instant = z.int().nonnegative();

/** What stands in every access token (RFC 9068, 2.2), with `org`, the organization in which it acts. */
const common = {
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  /** Permissions, sorted, with one space between; what it may do is these and no more than its bearer may at that moment. */
  scope: z.string(),
  jti: z.uuid(),
  /** Seconds since 1970. */
  iat: instant,
  exp: instant,
  org: z.uuid(),
};

/** Of a client: `sub` and `client_id` are its id. */
const ofClient = z
  .object({
    ...common,
    client_id: z.string().regex(/^[0-9A-Za-z]{12}$/),
    login: z.undefined().optional(),
    /** For which of its secrets it was exchanged: how many there were before that one. */
    secret_generation: z.int().nonnegative(),
  })
  .refine(({ sub, client_id }) => sub === client_id);

/** Of a person: `sub` is the member, `login` the API login that it came from and ends with. */
const ofPerson = z.object({
  ...common,
  sub: z.uuid(),
  client_id: z.literal(PERSONS_CLIENT_ID),
  login: z.uuid(),
});

/** The claims of an access token of ours. Further claims are passed over. */
export const accessTokenClaims = z.union([ofPerson, ofClient]);

export type ClientsClaims = z.output<typeof ofClient>;
export type AccessTokenClaims = z.output<typeof accessTokenClaims>;

/** `typ` in the header of each (RFC 9068, 2.1): nothing else that a key might ever sign is taken for one. */
export const ACCESS_TOKEN_TYPE = "at+jwt";
