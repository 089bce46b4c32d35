import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { untilSettled } from "./settled";
import { showTheme, THEMES } from "./themes";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const OF_COLOUR = ["color-contrast", "link-in-text-block"];

/** Runs axe on what the page shows now, in light and in dark: WCAG 2.2 AA and axe's own good practice. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  await untilSettled(page);
  for (const theme of THEMES) {
    await showTheme(page, theme);
    // Without frames there is nothing to put together from parts, which would take a page of its own each time.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // All else that axe looks at is the same in both.
    const { violations } = await (theme === THEMES[0] ? axe.withTags(STANDARDS) : axe.withRules(OF_COLOUR)).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${theme}: ${id} (${help}) at ${target.join(" ")}\n${failureSummary ?? ""}`,
      ),
    );
    expect(found, `axe on ${page.url()}`).toEqual([]);
  }
  await showTheme(page, "light");
}
