import type { Db } from "@/db/client";
import type { TokenRules } from "./load-rules";
import { readNoticed, readUnused } from "./read-unused";
import { decideInactivity, foreseeDeletion, type InactivityRule, noticeStands } from "./token-inactivity";
import type { TokenPolicy } from "./token-policy";

/** What a changed rule for unused tokens does to those that there are. */
export interface InactivityPreview {
  /** The days that it would have; null where it is switched off. */
  inactiveDays: number | null;
  /** Of how many people are told at once that they will be deleted. */
  told: number;
  /** How many standing notices are taken back. */
  takenBack: number;
  /** When the first is deleted if nobody uses any from now on; null where none ever would be. */
  firstAt: Date | null;
}

/** Null where the rule stays as it is. By the functions that decide about tokens, of every token that is judged. */
export async function previewInactivity(
  db: Db,
  organizationId: string,
  { from, to }: { from: TokenRules; to: Pick<TokenPolicy, "inactiveDays"> },
  now: Date,
): Promise<InactivityPreview | null> {
  const { inactiveDays } = to;
  if (inactiveDays === from.policy.inactiveDays) return null;
  const noticed = await readNoticed(db, organizationId, {}, now);
  if (inactiveDays === null) return { inactiveDays, told: 0, takenBack: noticed.length, firstAt: null };

  const rule: InactivityRule = { inactiveDays, since: from.inactivity?.since ?? now };
  const standing = noticed.filter(({ notice, ...token }) => noticeStands(token, notice, rule));
  const kept = new Set(standing.map(({ id }) => id));
  const others = (await readUnused(db, organizationId, now)).filter(({ id }) => !kept.has(id));
  const steps = others.map((token) => decideInactivity(token, null, rule, now));
  const goesOut = steps.some((step) => step.kind === "tell" && !step.early);
  const moments = [
    ...standing.map(({ notice }) => notice.dueAt),
    ...others.flatMap((token) => foreseeDeletion(token, rule, now) ?? []),
  ];
  return {
    inactiveDays,
    told: goesOut ? steps.filter(({ kind }) => kind === "tell").length : 0,
    takenBack: noticed.length - standing.length,
    firstAt: moments.reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null),
  };
}
