import { defineConfig } from "@playwright/test";
import { findBrowser, LAUNCH_ARGUMENTS } from "./e2e/browser";

// The first look may install a browser; workers load this file too and find the answer here.
process.env.CHROME_PATH = await findBrowser();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Two busy cores are slow, not wrong.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? [["line"], ["json"]] : [["list"]],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: process.env.CHROME_PATH, args: LAUNCH_ARGUMENTS },
    viewport: { width: 1280, height: 800 },
    // Motion explains, and then the page looks the same without it.
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    // Recording every step costs a third of the speed; `--trace on` when one needs it.
    trace: "off",
  },
});
