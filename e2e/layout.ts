import { expect, type Page } from "@playwright/test";
import { untilSettled } from "./settled";

/** At 390 px nothing reaches past the right edge, except inside what scrolls by itself. Gives the page its size back. */
export async function expectNoSidewaysScroll(page: Page, width = 390): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 844 });
  await untilSettled(page);
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const widest = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 160));
    return [`${scrollWidth} px wide in a window of ${clientWidth}`, ...widest];
  });
  expect(overflow, `sideways scroll on ${page.url()}`).toEqual([]);
  if (before) await page.setViewportSize(before);
}
