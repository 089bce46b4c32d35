import { eq } from "drizzle-orm";
import { refusedCalls } from "@/db/schema";
import type { Actor } from "@/lib/access/actor";
import type { Context } from "@/lib/context";
import type { TokenRules } from "@/lib/tokens/load-rules";
import { readRefusedCalls } from "./read-refused-calls";
import type { RefusedCall } from "./refusal-facts";

/** Calls that a token's page shows, latest first. */
const SHOWN = 20;

/** The latest refused calls of a token; none of one that the actor does not see. */
export const listRefusedCalls = (
  actor: Actor,
  { id }: { id: string },
  rules: TokenRules,
  ctx: Context,
): Promise<RefusedCall[]> => readRefusedCalls(actor, rules, { where: eq(refusedCalls.tokenId, id), limit: SHOWN }, ctx);
