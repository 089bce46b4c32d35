import { randomBytes } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import { TOKEN_WORDS, type TokenWords } from "@/lib/tokens/token-words";

export const TOKENS = "/settings/api-tokens";

/** A name that no other token has, whichever test runs beside this one. */
export const uniqueName = (words: string) => `${words} ${randomBytes(4).toString("hex")}`;

/** The row of a token in the table, by its name. */
export const rowOf = (page: Page, name: string): Locator => page.getByRole("row").filter({ hasText: name });

/** Presses the button above the table, as the organization words it. */
export async function openCreateDialog(page: Page, { create }: TokenWords = TOKEN_WORDS.role_scoped): Promise<Locator> {
  await page.getByRole("button", { name: create, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading")).toBeVisible();
  return dialog;
}

/** Chooses that role, or the first of those that the form lists; nothing where it lists none, or one is chosen. */
export async function chooseRole(dialog: Locator, role?: string): Promise<void> {
  const roles = dialog.getByRole("radiogroup", { name: "Role" });
  if (role) return roles.getByRole("radio", { name: new RegExp(`^${role}`) }).click();
  const chosen = roles.getByRole("radio", { checked: true });
  if ((await roles.count()) > 0 && (await chosen.count()) === 0) await roles.getByRole("radio").first().click();
}

/** Fills in the dialog of the page that `page` shows, sends it, and reveals the secret. The dialog stays open. */
export async function createToken(page: Page, name: string, more: { role?: string } = {}): Promise<string> {
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog, more.role);
  await dialog.getByRole("button", { name: "Create API token" }).click();
  return revealSecret(dialog);
}

/** The same where a token is a client with an ID and a secret. */
export async function createClient(
  page: Page,
  description: string,
  role: string,
): Promise<{ id: string; secret: string }> {
  await page.getByRole("button", { name: "Generate new token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Description").fill(description);
  await dialog.getByRole("radio", { name: new RegExp(`^${role}`) }).click();
  await dialog.getByRole("button", { name: "Create token" }).click();
  await expect(dialog.getByRole("group", { name: "Client ID" })).toBeVisible();
  const box = dialog.getByRole("group", { name: /^Your client secret/ });
  const reveal = dialog.getByRole("button", { name: "Reveal client secret" });
  if (await reveal.isVisible()) await reveal.click();
  const secret = (await box.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^lk_cls_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
  return { id: (await dialog.getByRole("group", { name: "Client ID" }).locator("code").textContent()) ?? "", secret };
}

/** Reads the secret out of the dialog that shows it, or that hides it until asked. */
export async function revealSecret(dialog: Locator): Promise<string> {
  const box = dialog.getByRole("group", { name: /^Your (token|client secret)/ });
  await expect(box).toBeVisible();
  const reveal = dialog.getByRole("button", { name: /^Reveal/ });
  if (await reveal.isVisible()) await reveal.click();
  const secret = (await box.locator("code").textContent()) ?? "";
  expect(secret).toMatch(/^lk_(pat|svc|cls|tmp)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
  return secret;
}

/** Leaves the dialog that shows the secret by its last button. */
export async function leaveSecret(page: Page): Promise<void> {
  await page.getByRole("button", { name: "OK, I've copied token" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** The public id inside a whole token. */
export const idOf = (secret: string) => secret.split("_")[2] ?? "";
