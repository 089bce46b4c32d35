import { z } from "zod";

/**
 * A token that somebody shows, to ask of it or to take it back (RFC 7662, 2.1; RFC 7009, 2.1). What it is its form tells, so
 * the hint changes nothing; parameters that there are not are passed over. A client's credentials are for who reads those.
 */
export const shownTokenInput = z.object({
  token: z.string().min(1),
  token_type_hint: z.string().optional(),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
});
