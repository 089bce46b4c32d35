import { eq } from "drizzle-orm";
import { refusedCalls } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { TokenRules } from "@/lib/tokens/load-rules";
import { readRefusedCalls } from "./read-refused-calls";
import type { RefusedCall } from "./refusal-facts";

/** No more are kept of one token. */
const MOST = 100;

/** The refused calls of a token that are kept, latest first; none of one that the actor does not see. */
export const listRefusedCalls = (
  actor: Actor,
  { id }: { id: string },
  rules: TokenRules,
  ctx: Context,
): Promise<RefusedCall[]> => readRefusedCalls(actor, rules, { where: eq(refusedCalls.tokenId, id), limit: MOST }, ctx);
