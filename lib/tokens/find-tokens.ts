import { z } from "zod";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import { done, type Outcome } from "@/lib/refusal";
import { listTokens } from "./list-tokens";
import { tokenQuery } from "./token-input";
import type { TokenRow } from "./token-row";

/** Tokens that one glance takes in. */
const MOST = 8;

export const findTokensInput = z.strictObject({ q: tokenQuery.shape.q });

/** As much of a token as tells it apart. */
export type FoundToken = Pick<TokenRow, "id" | "name" | "masked" | "status" | "stopped">;

/** The newest tokens that the actor sees and that match, by a part of the name or the start of the id; none for nothing. */
export async function findTokens(
  actor: Actor,
  { q }: z.output<typeof findTokensInput>,
  ctx: Context,
): Promise<Outcome<{ tokens: FoundToken[] }>> {
  const sought = q.trim();
  if (sought === "") return done({ tokens: [] });
  const { rows } = await listTokens(actor, tokenQuery.parse({ q: sought, limit: MOST }), ctx);
  return done({ tokens: rows.map(({ id, name, masked, status, stopped }) => ({ id, name, masked, status, stopped })) });
}
