import type { tokenCallers, tokenUsage } from "@/db/schema";
import type { DemoUsage } from "./demo-organization";
import { noise, type UsedHour, usedHours } from "./usage-patterns";

const DAY = 86_400_000;

/** How far back the history of a token's calls goes before its last one. */
const HISTORY_DAYS = 60;
const LARGE_SHARE = 0.25;

type Keys = "organizationId" | "tokenId";
type UsageRow = Omit<typeof tokenUsage.$inferInsert, Keys>;
type CallerRow = Omit<typeof tokenCallers.$inferInsert, Keys>;

interface UsageHistory {
  usage: UsageRow[];
  callers: CallerRow[];
  /** The last call that the token was good for; null where there was none. */
  lastUsed: { at: Date; ip: string; agent: string | null } | null;
}

/** What the rows about a token's calls say, for a token that lives from `createdAt` until `over` (null: still alive). */
export function usageHistory(
  plan: DemoUsage,
  token: { seed: string; createdAt: Date; over: Date | null; isOut: (start: Date) => boolean },
  now: Date,
): UsageHistory {
  const { seed, isOut } = token;
  const until = new Date(Math.min(now.getTime() - (plan.stopped ?? 0) * DAY, (token.over ?? now).getTime()));
  const from = new Date(Math.max(token.createdAt.getTime(), until.getTime() - HISTORY_DAYS * DAY));
  const good = usedHours(plan.pattern, { seed, from, until, growth: plan.growth, isOut });
  const refused =
    token.over && plan.refusedFor
      ? usedHours(plan.pattern, {
          seed,
          from: token.over,
          until: new Date(Math.min(now.getTime(), token.over.getTime() + plan.refusedFor * DAY)),
          isOut,
        })
      : [];

  const days = new Map<string, UsageRow>();
  const add = (outcome: UsageRow["outcome"], hour: UsedHour, calls: number) => {
    if (calls === 0) return;
    const day = hour.start.toISOString().slice(0, 10);
    const row = days.get(day + outcome) ?? { day, outcome, calls: 0, byHour: new Array<number>(24).fill(0) };
    const at = hour.start.getUTCHours();
    row.calls += calls;
    row.byHour[at] = (row.byHour[at] ?? 0) + calls;
    days.set(day + outcome, row);
  };
  for (const hour of good) {
    const share = (plan.forbidden ?? 0) * hour.calls + noise(`${seed}|forbidden|${hour.start.toISOString()}`) * 0.999;
    const forbidden = plan.forbidden ? Math.min(hour.calls, Math.floor(share)) : 0;
    add("allowed", hour, hour.calls - forbidden);
    add("forbidden", hour, forbidden);
  }
  for (const hour of refused) add("refused", hour, hour.calls);

  const [caller] = plan.callers;
  const last = good.at(-1);
  return {
    usage: [...days.values()],
    callers: callerRows(plan, good, seed),
    lastUsed: last ? { at: last.lastAt, ip: caller.ip, agent: caller.agent } : null,
  };
}

/** Divides the calls that were let in among the callers, so that both tables tell the same number. */
function callerRows({ callers: [main, ...others] }: DemoUsage, hours: readonly UsedHour[], seed: string): CallerRow[] {
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return [];
  let rest = hours.reduce((sum, hour) => sum + hour.calls, 0);
  const begin = first.start.getTime();
  const span = last.lastAt.getTime() - begin;
  const rows = others.flatMap(({ ip, agent, share = 0.2 }): CallerRow[] => {
    const calls = Math.floor(rest * share);
    if (calls === 0) return [];
    rest -= calls;
    const firstAt = new Date(begin + Math.floor(span * 0.4 * noise(`${seed}|${ip}|first`)));
    // One with a large share works beside the main one until the end, the others came by and left.
    const before = noise(`${seed}|${ip}|last`) * (share >= LARGE_SHARE ? 0.001 : 0.3);
    const lastAt = new Date(begin + Math.floor(span * (1 - before)));
    return [{ ip, agent, calls, firstAt, lastAt }];
  });
  // Its first call is put between the beginning of the hour and the end of that hour's calls.
  const firstAt = new Date(Math.floor((begin + first.lastAt.getTime()) / 2));
  return [{ ip: main.ip, agent: main.agent, calls: rest, firstAt, lastAt: last.lastAt }, ...rows];
}
