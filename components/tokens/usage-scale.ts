/** The next round number at or above `most` that halves well: 2, 4, 10, 20, 40, 100, … */
export function roundTop(most: number): number {
  for (let unit = 1; ; unit *= 10) {
    for (const step of [2, 4, 10]) if (step * unit >= most) return step * unit;
  }
}

/** "950", "1.2 k", "3 M": short enough for an axis. */
export function axisNumber(value: number): string {
  if (value < 1000) return String(value);
  const [unit, sign] = value < 1e6 ? [1e3, "k"] : value < 1e9 ? [1e6, "M"] : [1e9, "G"];
  return `${(value / unit).toLocaleString("en", { maximumFractionDigits: 1 })} ${sign}`;
}
