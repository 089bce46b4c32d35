import type { RefusedCall } from "./refusal-facts";

/** Calls that were refused alike: the latest of them, and how many there were, with those of which the number alone is kept. */
export interface RefusalGroup {
  latest: RefusedCall;
  count: number;
}

/** Puts together what differs in nothing but its time, latest first as they come. */
export function groupRefusals(calls: readonly RefusedCall[]): RefusalGroup[] {
  const groups = new Map<string, RefusalGroup>();
  for (const call of calls) {
    const { code, server, method, path, status, facts } = call;
    const alike = JSON.stringify([
      code,
      server,
      method,
      path,
      status,
      facts.missing,
      facts.address,
      facts.limit,
      facts.fields,
    ]);
    const group = groups.get(alike);
    const count = 1 + facts.skipped;
    if (group) group.count += count;
    else groups.set(alike, { latest: call, count });
  }
  return [...groups.values()];
}
