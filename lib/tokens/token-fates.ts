import { FATES, type Fate, type OutsideReason, type TokenFate, type TokenRight } from "./token-compliance";
import type { TokenPolicy } from "./token-policy";
import type { ListedFate } from "./token-policy-input";

/** A token and what a change of policy does to it. */
export interface FatedToken extends TokenFate {
  id: string;
  issuerId: string;
  /** Whether the person who asks sees the token itself. */
  seen: boolean;
  /** Whether it lies outside the policy of now; not asked of one that loses rights or is deleted. */
  wasOutside: boolean;
}

/** What a change of policy does, in numbers. */
export interface FateCounts {
  total: number;
  counts: Record<Fate, number>;
  /** Of those whose fate is to be outside, the ones that are already. */
  wereOutside: number;
  /** Of those that stay, the ones that are outside and come back inside. */
  backInside: number;
  /** Of those that lose rights, the ones that will be outside as well. */
  losingOutside: number;
  /** Why, of those whose fate is to be outside: the sums of one line, and of no other. */
  reasons: Partial<Record<OutsideReason, number>>;
  lost: Partial<Record<TokenRight, number>>;
  gained: Partial<Record<TokenRight, number>>;
  /** Whose tokens are touched, by fate; the most touched first. */
  issuers: { id: string; counts: Record<ListedFate, number> }[];
  /** Live tokens above what the organization may have; null where they fit. They stay. */
  organizationBeyond: { live: number; limit: number } | null;
  /** People with more live tokens than one may have, the most first. Theirs stay too. */
  issuersBeyond: { id: string; live: number }[];
}

/** Adds up what becomes of the tokens under the new policy. */
export function countFates(tokens: readonly FatedToken[], policy: TokenPolicy): FateCounts {
  const counts = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Record<Fate, number>;
  const sums: Pick<FateCounts, "reasons" | "lost" | "gained"> = { reasons: {}, lost: {}, gained: {} };
  const touched = new Map<string, Record<ListedFate, number>>();
  const live = new Map<string, number>();
  let wereOutside = 0;
  let backInside = 0;
  let losingOutside = 0;
  for (const { fate, issuerId, wasOutside, reasons, lost, gained } of tokens) {
    counts[fate] += 1;
    if (fate === "outside") {
      if (wasOutside) wereOutside += 1;
      for (const reason of reasons) sums.reasons[reason] = (sums.reasons[reason] ?? 0) + 1;
    } else if (fate === "stays" && wasOutside) backInside += 1;
    else if (reasons.length > 0) losingOutside += 1;
    for (const right of lost) sums.lost[right] = (sums.lost[right] ?? 0) + 1;
    for (const right of gained) sums.gained[right] = (sums.gained[right] ?? 0) + 1;
    if (fate !== "deleted") live.set(issuerId, (live.get(issuerId) ?? 0) + 1);
    if (fate === "stays") continue;
    const own = touched.get(issuerId) ?? { outside: 0, loses_rights: 0, deleted: 0 };
    own[fate] += 1;
    touched.set(issuerId, own);
  }
  const all = tokens.length - counts.deleted;
  const { maxPerOrganization, maxPerIssuer } = policy;
  const sum = (of: Record<ListedFate, number>) => of.outside + of.loses_rights + of.deleted;
  return {
    total: tokens.length,
    counts,
    wereOutside,
    backInside,
    losingOutside,
    ...sums,
    issuers: [...touched]
      .map(([id, own]) => ({ id, counts: own }))
      .sort((a, b) => sum(b.counts) - sum(a.counts) || a.id.localeCompare(b.id)),
    organizationBeyond:
      maxPerOrganization !== null && all > maxPerOrganization ? { live: all, limit: maxPerOrganization } : null,
    issuersBeyond:
      maxPerIssuer === null
        ? []
        : [...live]
            .filter(([, count]) => count > maxPerIssuer)
            .map(([id, count]) => ({ id, live: count }))
            .sort((a, b) => b.live - a.live || a.id.localeCompare(b.id)),
  };
}
