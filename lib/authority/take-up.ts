import type { Call } from "./admit";
import type { Allowed, Verification } from "./outcome";
import type { Promote } from "./promote-secret";

/** By whom and of what a secret is used; `again` checks the credential once more. */
interface FirstUse extends Pick<Call, "ip" | "agent" | "requestId"> {
  again(): Verification | Promise<Verification>;
}

/** What a credential comes to once its secret is the current one, where it waited; as it was where it did not. */
export type TakeUp = (found: Allowed, use: FirstUse) => Verification | Promise<Verification>;

const UNAVAILABLE: Verification = { outcome: "unavailable" };

/** The first use of a waiting secret: nothing is let in, or called active, by one that is not the token's current secret. */
export function createTakeUp(promote: Promote): TakeUp {
  return (found, use) => (found.waiting ? takeUp(found, use) : found);

  async function takeUp(found: Allowed, use: FirstUse): Promise<Verification> {
    const promoted = found.stale || !found.waiting ? null : await promote(found.waiting, use);
    if (promoted === null) return UNAVAILABLE;
    if (promoted) return found;
    const again = await use.again();
    return again.outcome === "allowed" && again.waiting ? UNAVAILABLE : again;
  }
}
