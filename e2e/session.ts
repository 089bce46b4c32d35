import type { Browser, BrowserContext, Page } from "@playwright/test";
import { DEMO_PASSWORD } from "@/lib/auth/demo-accounts";

export type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Signs in with the form, in a browser context of its own, and gives its cookies. */
export async function openSession(browser: Browser, url: string, email: string): Promise<Cookies> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    await signInByForm(page, email);
    return await context.cookies();
  } finally {
    await context.close();
  }
}

/** Fills in the sign-in page that `page` shows, and waits until it is left. */
export async function signInByForm(page: Page, email: string, password = DEMO_PASSWORD): Promise<void> {
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}
