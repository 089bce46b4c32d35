import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { untilSettled } from "./settled";
import { showTheme, THEMES } from "./themes";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Runs axe on what the page shows now, in light and in dark: WCAG 2.2 AA and axe's own good practice. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  await untilSettled(page);
  for (const theme of THEMES) {
    await showTheme(page, theme);
    const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${theme}: ${id} (${help}) at ${target.join(" ")}\n${failureSummary ?? ""}`,
      ),
    );
    expect(found, `axe on ${page.url()}`).toEqual([]);
  }
  await showTheme(page, "light");
}
