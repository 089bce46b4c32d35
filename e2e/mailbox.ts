import type { FrameLocator, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures";

export const MAILBOX = "/dev/mailbox";
export const OPERATOR = "operator@latchkey.example";

/** The list of the mailbox, or of the operator's outbox. */
export const messages = (page: Page): Locator => page.getByRole("list", { name: "Messages" }).getByRole("listitem");

/** Has mail sent without waiting for the minute, on a page of the operator's. */
export async function sendMailNow(operator: Page): Promise<void> {
  await operator.goto("/operator/jobs");
  await operator.getByRole("button", { name: "Run now send-mail" }).click();
  await expect(operator.getByText("send-mail ran")).toBeVisible({ timeout: 40_000 });
}

/** Opens the newest message to an address, as anybody can in the demo, and gives what it reads as HTML. */
export async function openNewestMail(page: Page, address: string): Promise<FrameLocator> {
  await page.goto(MAILBOX);
  await page.getByRole("searchbox").fill(address);
  // The search goes off a moment after the last letter.
  await expect(page).toHaveURL(/[?]q=/);
  await expect(messages(page).first()).toContainText(address);
  await messages(page).first().getByRole("link").click();
  return page.frameLocator("iframe");
}
