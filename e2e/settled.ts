import type { Page } from "@playwright/test";

/** Waits until the page shows what it has to show: no skeleton left, fonts there. */
export async function untilSettled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelectorAll(".animate-breathe").length === 0);
  await page.evaluate(() => document.fonts.ready);
}
