import { authority, catchUp } from "@/lib/authority/authority";
import { Problem } from "@/lib/http/problem";
import type { Outcome } from "@/lib/refusal";

/**
 * Looks a refresh token up, which costs a query whatever it is. One in vain counts against its address as that of a token
 * does, and throws `Problem` 429 beyond; a right one is never asked how many were wrong, since whoever shares its address
 * would keep its holder out, and is no guess where something else refuses it.
 */
export async function withinMisses<Found extends Outcome<unknown> & { endedLogin?: true }>(
  ip: string | null,
  look: () => Promise<Found>,
): Promise<Found> {
  const found = await look();
  if (found.ok || found.refusal.code !== "refresh_token_invalid") return found;
  const { misses } = authority();
  const wait = misses.wait(ip);
  // A used one ends its login all the same, and who is answered finds that done here.
  if (wait !== null && found.endedLogin) await catchUp();
  if (wait !== null) throw new Problem("too_many_misses", { headers: { "Retry-After": String(wait) } });
  misses.add(ip);
  return found;
}
