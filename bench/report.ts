/** One target and what was measured of it. */
export interface Finding {
  what: string;
  measured: string;
  target: string;
  met: boolean;
}

/** What one part of the run found: its targets, and everything that was measured as Markdown. */
export interface PartReport {
  title: string;
  findings: Finding[];
  details: string;
}

export const atLeast = (what: string, measured: number, least: number, digits = 2, unit = ""): Finding => ({
  what,
  measured: `${show(measured, digits)}${unit}`,
  target: `≥ ${show(least, 2)}${unit}`,
  met: measured >= least,
});

export const atMost = (what: string, measured: number, most: number, digits = 2, unit = ""): Finding => ({
  what,
  measured: `${show(measured, digits)}${unit}`,
  target: `≤ ${show(most, 2)}${unit}`,
  met: measured <= most,
});

/** With as many digits as tell something: none for thousands. */
export function show(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return "–";
  const enough = Math.abs(value) >= 100 ? 0 : digits;
  const rounded = Number(value.toFixed(enough));
  return Math.abs(rounded) >= 10_000 ? rounded.toLocaleString("en-US") : String(rounded);
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

export const findingsTable = (findings: readonly Finding[]): string =>
  table(
    ["what", "measured", "target", ""],
    findings.map(({ what, measured, target, met }) => [what, measured, target, met ? "met" : "**MISSED**"]),
  );

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The value that this part of all values is not above; NaN of none. */
export function percentile(values: readonly number[] | Float64Array, part: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** Median, and the lowest and highest of the rounds: how far the machine let them agree. */
export const spread = (values: readonly number[], digits = 2): string =>
  `${show(median(values), digits)} (${show(Math.min(...values), digits)} to ${show(Math.max(...values), digits)})`;
