import { expect, type Locator, type Page } from "@playwright/test";

/** Where the focus is and how it is shown there, or what is wrong with it. */
async function describeFocus(page: Page): Promise<{ at: string; trouble: string | null }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { at: "nowhere", trouble: "it is lost" };
    const at = `${element.localName} "${(element.getAttribute("aria-label") ?? element.textContent ?? "").slice(0, 60)}"`;
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
    const marked = element.matches("[data-highlighted], [aria-selected=true]");
    const caret = element.matches("textarea, input:not([type=checkbox], [type=radio])");
    if (!outlined && !marked && !caret) return { at, trouble: "nothing shows it" };
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (right <= left || bottom <= top) return { at, trouble: "it has no size" };
    const hits = [0.1, 0.5, 0.9].map((share) =>
      document.elementFromPoint(left + (right - left) * share, (top + bottom) / 2),
    );
    if (hits.some((hit) => hit && (element.contains(hit) || hit.contains(element)))) return { at, trouble: null };
    return { at, trouble: `it is out of sight, behind ${hits[1]?.outerHTML.slice(0, 120)}` };
  });
}

/** The focus is on something, in sight, and seen: by an outline, a highlight, or the caret of a field. */
export async function expectFocusShown(page: Page): Promise<void> {
  // A page that is just being painted has it in sight a frame later.
  await expect.poll(() => describeFocus(page), { timeout: 2000 }).toMatchObject({ trouble: null });
}

/**
 * Presses Tab until `target` has the focus, which is seen at every step of the way. Past the end of the page it may be the
 * browser's own, once.
 */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  let ends = 0;
  for (let step = 0; step < 120; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    const atEnd = await page.evaluate(() => document.activeElement === document.body);
    if (atEnd) ends += 1;
    if (!atEnd || ends > 1) await expectFocusShown(page);
  }
  throw new Error(`${key} does not reach ${target}`);
}
