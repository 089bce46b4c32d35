import type { Page } from "@playwright/test";

/** One picture for each theme and width. */
export interface Screen {
  /** The file's name: lower case and hyphens, unique. */
  name: string;
  /** Whose session; null for nobody's. */
  account: string | null;
  path: string;
  /** What to do before the picture, such as opening a dialog. Runs anew in each theme and width. */
  steps?: (page: Page) => Promise<void>;
  /** The steps end in a loading state, which is the picture. */
  unsettled?: boolean;
  /** Takes the whole page and not only the window. */
  fullPage?: boolean;
}

const TOKENS = "/settings/api-tokens";

/** Every page and state, in the order in which a person meets them. */
export const SCREENS: readonly Screen[] = [
  { name: "sign-in", account: null, path: "/sign-in" },
  { name: "api-tokens", account: "admin@acme.example", path: TOKENS, fullPage: true },
  { name: "api-tokens-own", account: "user@acme.example", path: TOKENS, fullPage: true },
  { name: "api-tokens-filtered", account: "admin@acme.example", path: `${TOKENS}?status=expired`, fullPage: true },
  { name: "api-tokens-filtered-to-nothing", account: "admin@acme.example", path: `${TOKENS}?q=no-token-has-this-name` },
  {
    name: "api-tokens-ignored-filter",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active,sold&cursor=from-elsewhere`,
  },
  {
    name: "api-tokens-filter-open",
    account: "admin@acme.example",
    path: `${TOKENS}?status=active`,
    steps: async (page) => {
      const chip = page.getByRole("button", { name: /^Issued by/ });
      if (await chip.isVisible()) await chip.click();
      else await page.getByRole("button", { name: /^Filters/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "api-tokens-row-menu",
    account: "admin@acme.example",
    path: `${TOKENS}?status=deleted`,
    steps: async (page) => {
      await page
        .getByRole("button", { name: /^Actions for/ })
        .first()
        .click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    name: "command-palette",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Search or run a command" }).waitFor();
    },
  },
  {
    name: "person-menu",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  { name: "api-tokens-not-an-issuer", account: "user@fairground.example", path: TOKENS },
  { name: "api-tokens-own-limit-reached", account: "engineer@ironvault.example", path: TOKENS },
  { name: "api-tokens-client-credentials", account: "admin@meridian.example", path: TOKENS },
  { name: "api-tokens-hub", account: "partner@harbor.example", path: "/hub/api-tokens" },
  { name: "operator", account: "operator@latchkey.example", path: "/operator" },
  { name: "not-found", account: null, path: "/nowhere" },
  {
    name: "api-tokens-create",
    account: "admin@acme.example",
    path: TOKENS,
    steps: async (page) => {
      await page.getByRole("button", { name: "Create API token" }).first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
];
