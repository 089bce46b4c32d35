import { authority } from "@/lib/authority/authority";
import { Problem } from "@/lib/http/problem";

/**
 * Looks a refresh token up, which costs a query whatever it is: an address is held to as many in vain as of tokens. Throws
 * `Problem` 429 beyond.
 */
export async function withinMisses<Found extends { ok: boolean }>(
  ip: string | null,
  look: () => Promise<Found>,
): Promise<Found> {
  const { misses } = authority();
  const wait = misses.wait(ip);
  if (wait !== null) throw new Problem("too_many_misses", { headers: { "Retry-After": String(wait) } });
  const found = await look();
  if (!found.ok) misses.add(ip);
  return found;
}
