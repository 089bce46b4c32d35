import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { createClient, idOf, TOKENS, uniqueName } from "./token-dialogs";

/** The client-credentials preset, walked as the document of the product that works so walks it, in Meridian. */

const ENGINEER = "engineer@meridian.example";
const USER = "user@meridian.example";

const rowOfClient = (page: Page, id: string): Locator => page.getByRole("row").filter({ hasText: id });

test("client credentials: generated with description and role, saved before it is left, listed, and revoked", async ({
  page,
  signIn,
  api,
}) => {
  const description = uniqueName("Nightly lineage export");
  await signIn(page, ENGINEER);
  await page.setViewportSize({ width: 1440, height: 900 });

  await test.step("the section, by its own name, and Generate new token", async () => {
    await page.goto("/");
    await page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: /^API auth tokens/ })
      .click();
    await expect(page).toHaveURL(TOKENS);
  });

  await test.step("without a description there is no token", async () => {
    await page.getByRole("button", { name: "Generate new token" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Create token" }).click();
    await expect(dialog.getByRole("alert").first()).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  });

  const { id, secret } = await createClient(page, description, "Viewer");
  await test.step("client ID and client secret are generated; the secret is kept before the dialog is left", async () => {
    expect(id).toBe(idOf(secret));
    const dialog = page.getByRole("dialog");
    const save = dialog.getByRole("button", { name: "Save token" });
    await expect(save).toHaveAttribute("aria-disabled", "true");
    await dialog.getByRole("checkbox", { name: "I saved the secret key" }).click();
    await save.click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.reload();
    await expect(page.locator("body")).not.toContainText(secret.slice(20));
  });

  await test.step("the list has client ID, description, assigned role, status, created and last access", async () => {
    for (const column of ["Client ID", "Assigned role", "Status", "Created", "Last access"]) {
      await expect(page.getByRole("columnheader", { name: column }).first(), column).toBeVisible();
    }
    const row = rowOfClient(page, id);
    await expect(row).toContainText(description);
    await expect(row).toContainText("Viewer");
    await expect(row).toContainText("Active");
  });

  await test.step("sent as it is, the secret is refused, and says how clients call", async () => {
    for (const scheme of ["Bearer", "APIKey"]) {
      const answer = await (await api()).get("/api/v1/me", { headers: { authorization: `${scheme} ${secret}` } });
      expect(answer.status(), scheme).toBe(401);
      expect(await answer.json()).toMatchObject({ code: "client_secret_not_accepted" });
    }
    const wrong = `${secret.slice(0, 20)}${secret[20] === "A" ? "B" : "A"}${secret.slice(21)}`;
    const answer = await (await api(wrong)).get("/api/v1/me");
    expect(await answer.json(), "who has no secret learns nothing").toMatchObject({ code: "invalid_token" });
  });

  await test.step("Revoke stands in its row; revoked it stays listed, as Revoked, and is refused like any unknown one", async () => {
    await rowOfClient(page, id)
      .getByRole("button", { name: /^Revoke/ })
      .click();
    const confirm = page.getByRole("alertdialog");
    // What was refused was no use of it.
    await expect(confirm).toContainText("No calls in the last 24 hours");
    await confirm.getByRole("button", { name: /^Revoke/ }).click();
    await expect(rowOfClient(page, id)).toContainText("Revoked");
    await page.goto(`${TOKENS}?status=deleted`);
    await expect(rowOfClient(page, id)).toContainText("Revoked");
    await expect(rowOfClient(page, id).getByRole("button", { name: /^Revoke/ })).toHaveCount(0);
    expect(await (await (await api(secret)).get("/api/v1/me")).json()).toMatchObject({ code: "invalid_token" });
  });
});

test("client credentials: the role decides who creates, and which roles can be assigned", async ({ page, signIn }) => {
  await test.step("a role without the permission creates none", async () => {
    await signIn(page, USER);
    await page.goto(TOKENS);
    await expect(page.getByText("You can’t create API auth tokens")).toBeVisible();
    await expect(page.getByRole("button", { name: "Generate new token" })).toHaveCount(0);
  });
  await test.step("a role above one's own cannot be assigned", async () => {
    await signIn(page, ENGINEER);
    await page.goto(TOKENS);
    await page.getByRole("button", { name: "Generate new token" }).click();
    await expect(page.getByRole("dialog").getByRole("radio", { name: /^Administrator/ })).toBeDisabled();
    await expect(page.getByRole("dialog").getByRole("radio", { name: /^Viewer/ })).toBeEnabled();
  });
});

test("client credentials: who oversees sees all of them, others their own", async ({ page, signIn, browser }) => {
  const description = uniqueName("Of the engineer");
  await signIn(page, ENGINEER);
  await page.goto(TOKENS);
  const { id } = await createClient(page, description, "Viewer");
  const others = await browser.newContext();
  const admin = await others.newPage();
  await signIn(admin, "admin@meridian.example");
  await admin.goto(`${TOKENS}?q=${id}`);
  await expect(admin.getByRole("row").filter({ hasText: id })).toBeVisible();
  await signIn(admin, USER);
  expect((await admin.request.get(`${TOKENS}/${id}`)).status()).toBe(404);
  await others.close();
});
