export type Density = "comfortable" | "compact";

export const densityKey = "table-density";

/** What the page shows now; the attribute on <html> is the one home of it while the page is open. */
export function readDensity(): Density {
  return document.documentElement.dataset.density === "compact" ? "compact" : "comfortable";
}

export function writeDensity(density: Density): void {
  if (density === "compact") document.documentElement.dataset.density = density;
  else delete document.documentElement.dataset.density;
  try {
    localStorage.setItem(densityKey, density);
  } catch {
    // Storage can be off; the choice then lasts as long as the page.
  }
}
