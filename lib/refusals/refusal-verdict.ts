import { isWithin, parseNetwork } from "@/lib/access/networks";
import type { TokenWords } from "@/lib/tokens/token-words";
import { CHECKS, type Check, checkOf, checkWords } from "./refusal-checks";
import type { RefusedCall, StandingNow } from "./refusal-facts";
import { isOfAccessToken, outsideScope } from "./refusal-scope";

/** A check of the call's chain. */
export interface ChainLink {
  check: Check;
  label: string;
  state: "passed" | "failed" | "not_reached";
}

/** Whether the same call would be let in now; `check` is what would refuse it, as far as that is known beforehand. */
export type Verdict =
  | { outcome: "let_in"; check: null }
  /** With `by`, all that stands behind the access token would let it in: that one alone is over, or was made for less. */
  | { outcome: "refused"; check: Check; by?: "access_token" | "scope" }
  | { outcome: "depends"; check: Check };

/** The checks that the call went through, up to the one that refused it. A client's exchange is told where it was missing. */
export function chainOf(call: Pick<RefusedCall, "code" | "facts" | "token">, words: TokenWords): ChainLink[] {
  const failed = checkOf(call.code);
  const at = CHECKS.indexOf(failed);
  return CHECKS.filter((check) => check !== "exchange" || failed === "exchange").map((check) => {
    const place = CHECKS.indexOf(check);
    const state = place < at ? "passed" : place === at ? "failed" : "not_reached";
    return { check, state, label: checkWords(check, state === "failed" ? "failed" : "passed", call, words) };
  });
}

/** An address that is not known lies in no network. No list allows all. */
export function isAllowedFrom(address: string | null, networks: readonly string[]): boolean {
  if (networks.length === 0) return true;
  const plain = address === null ? null : parseNetwork(address);
  return plain?.ok === true && networks.some((network) => isWithin(plain.network, network));
}

/** Asks the checks once more by what holds now. What a rule or the input comes to, nobody knows before it is sent. */
export function verdictOn(call: Pick<RefusedCall, "code" | "facts" | "ip" | "token">, now: StandingNow): Verdict {
  const failed = checkOf(call.code);
  if (now.status === "deleted") return { outcome: "refused", check: "deletion" };
  if (now.status === "expired") return { outcome: "refused", check: "expiry" };
  if (now.stopped === "issuer_deactivated") return { outcome: "refused", check: "issuer" };
  if (now.stopped === "tokens_disabled") return { outcome: "refused", check: "organization" };
  // An access token that is over stays over, whatever becomes of its client or its person.
  if ((failed === "deletion" || failed === "expiry") && isOfAccessToken(call))
    return { outcome: "refused", check: failed, by: "access_token" };
  if (failed === "exchange") return { outcome: "refused", check: "exchange" };
  const lists = [now.policyNetworks, now.tokenNetworks];
  if (!lists.every((list) => isAllowedFrom(call.ip, list))) return { outcome: "refused", check: "network" };
  const allowed = new Set(now.permissions);
  if (!call.facts.needed.every((permission) => allowed.has(permission))) {
    return { outcome: "refused", check: "permission" };
  }
  if (outsideScope(call.facts).length > 0) return { outcome: "refused", check: "permission", by: "scope" };
  if (call.code === "token_cannot_mint" && !now.tokensMayMint) return { outcome: "refused", check: "rule" };
  if (call.code === "secret_superseded") return { outcome: "refused", check: "rule" };
  return failed === "input" || failed === "rule"
    ? { outcome: "depends", check: failed }
    : { outcome: "let_in", check: null };
}
