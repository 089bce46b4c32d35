import type { Page } from "@playwright/test";
import { DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { withDatabase } from "./database";
import { expect, test } from "./fixtures";
import { expectFocusShown, tabTo } from "./focus";
import { temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, rowOf, TOKENS, uniqueName } from "./token-dialogs";

const DAY = 86_400_000;

test("the whole journey works by keyboard alone, and the focus is seen at every step", async ({ page, api }) => {
  const name = uniqueName("By keys");
  const member = await temporaryMember({ role: "Engineer" });
  const keys = page.keyboard;
  const create = page.getByRole("button", { name: "Create API token" });

  await test.step("signing in", async () => {
    await page.goto("/sign-in");
    await expect(page.getByLabel("Email", { exact: true })).toBeFocused();
    await keys.type(member.email);
    await tabTo(page, page.getByLabel("Password", { exact: true }));
    await keys.type(DEMO_PASSWORD);
    await tabTo(page, page.getByRole("button", { name: "Sign in", exact: true }));
    await keys.press("Enter");
    await expect(page).toHaveURL(TOKENS);
    await expect(create).toBeVisible();
  });

  await test.step("past the navigation", async () => {
    await tabTo(page, page.getByRole("link", { name: "Skip to content" }));
    await keys.press("Enter");
    await tabTo(page, create);
  });

  await test.step("the palette opens the dialog to create", async () => {
    await keys.press("Control+k");
    await expect(page.getByRole("combobox", { name: "Search or run a command" })).toBeFocused();
    await keys.type("create");
    await keys.press("Enter");
    await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  });

  await test.step("name, description, role and expiry", async () => {
    const dialog = page.getByRole("dialog");
    await keys.type(name);
    await tabTo(page, dialog.getByLabel("Description"));
    await keys.type("Typed by hand");
    const roles = dialog.getByRole("radiogroup", { name: "Role" });
    await tabTo(page, roles.getByRole("radio").first());
    await expect(roles.getByRole("radio", { checked: true })).toHaveCount(0);
    // A finger holds a key for a moment, and a choice follows the arrow key that is still down.
    await keys.press("ArrowDown", { delay: 80 });
    await expect(roles.getByRole("radio", { checked: true })).toBeFocused();
    await expectFocusShown(page);

    const expiry = dialog.getByRole("radiogroup", { name: "Expiry" });
    await tabTo(page, expiry.getByRole("radio", { checked: true }));
    await keys.press("ArrowRight", { delay: 80 });
    await expect(expiry.getByRole("radio", { name: "Date" })).toBeChecked();
    const date = dialog.getByLabel("Last day on which the token works");
    await tabTo(page, date);
    await keys.type(new Date(Date.now() + 20 * DAY).toISOString().slice(0, 10));
    await expect(dialog.getByText(/^Expires/)).toBeVisible();
    await tabTo(page, dialog.getByRole("button", { name: "Create API token" }));
    await keys.press("Enter");
  });

  const secret = await test.step("the secret is met, revealed, copied and left", async () => {
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("group", { name: "Your token, hidden" })).toBeFocused();
    await expectFocusShown(page);
    await tabTo(page, dialog.getByRole("button", { name: "Reveal token" }));
    await keys.press("Enter");
    await tabTo(page, dialog.getByRole("button", { name: "Copy token" }));
    await keys.press("Space");
    await expect(dialog.getByRole("status").filter({ hasText: "Copied the token" })).toBeAttached();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await expect(dialog.getByRole("group", { name: "Your token" })).toContainText(copied);
    await tabTo(page, dialog.getByRole("button", { name: "OK, I've copied token" }));
    await keys.press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(create).toBeFocused();
    await expectFocusShown(page);
    return copied;
  });

  await test.step("a program uses it", async () => {
    expect((await (await api(secret)).get("/api/v1/me")).status()).toBe(200);
    const uses = () => withDatabase((sql) => sql`select 1 from token_usage where token_id = ${idOf(secret)}`);
    await expect.poll(async () => (await uses()).length).toBe(1);
  });

  await test.step("search and filter", async () => {
    await tabTo(page, page.getByRole("searchbox", { name: "Search by name or ID" }));
    await keys.type(name);
    await expect(page).toHaveURL(/[?&]q=By/);
    await expect(page.getByRole("rowheader")).toHaveCount(1);
    await expectFocusShown(page);

    const status = page.getByRole("button", { name: /^Status/ });
    await tabTo(page, status);
    await keys.press("Enter");
    const choices = page.getByRole("dialog", { name: "Status" });
    await expect(choices.getByRole("checkbox", { name: "Active" })).toBeFocused();
    await keys.press("Space");
    await expect(page).toHaveURL(/status=active/);
    await keys.press("ArrowDown");
    await expect(choices.getByRole("checkbox", { name: "Expired" })).toBeFocused();
    await expectFocusShown(page);
    await keys.press("Escape");
    await expect(status).toBeFocused();
    await expectFocusShown(page);
  });

  await test.step("into the row and back", async () => {
    await tabTo(page, rowOf(page, name).getByRole("link"));
    await keys.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    const day = page.getByRole("slider", { name: "Day" });
    await tabTo(page, day);
    await keys.press("ArrowLeft");
    await expect(day).toHaveAttribute("aria-valuenow", "30");
    await tabTo(page, page.getByRole("main").getByRole("link", { name: "API tokens" }), "Shift+Tab");
    await keys.press("Enter");
    await expect(rowOf(page, name)).toBeVisible();
  });

  await test.step("the menu, the question, and its way back", async () => {
    const menu = page.getByRole("button", { name: `Actions for ${name}` });
    const question = page.getByRole("alertdialog");
    const ask = async () => {
      await tabTo(page, menu);
      await keys.press("Enter");
      await expect(page.getByRole("menuitem", { name: "Open" })).toBeFocused();
      await expectFocusShown(page);
      await keys.press("End");
      await expect(page.getByRole("menuitem", { name: "Delete…" })).toBeFocused();
      await expectFocusShown(page);
      await keys.press("Enter");
      await expect(question).toContainText("1 call in the last 24 hours");
      await expect(question.getByRole("button", { name: "Keep it" })).toBeFocused();
    };
    await ask();
    await keys.press("Enter");
    await expect(question).toHaveCount(0);
    await expect(menu).toBeFocused();
    await expectFocusShown(page);

    await ask();
    await tabTo(page, question.getByLabel(/^Type .* to confirm$/));
    await keys.type(name);
    await tabTo(page, question.getByRole("button", { name: "Delete token" }));
    await keys.press("Enter");
    await expect(question).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1, name: "API tokens" })).toBeFocused();
    await expectFocusShown(page);
  });

  await test.step("signing out", async () => {
    const account = page.getByRole("button", { name: "Account of Temporary Member" });
    await tabTo(page, account, "Shift+Tab");
    await keys.press("Enter");
    await keys.press("End");
    await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
    await keys.press("Enter");
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByLabel("Email", { exact: true })).toBeFocused();
  });
});

test("whatever is opened by keyboard is left with Escape, and the focus is back where it was", async ({
  page,
  signIn,
}) => {
  const name = uniqueName("Focus");
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email, { fresh: true });
  await page.goto(TOKENS);
  await createToken(page, name);
  await leaveSecret(page);
  const open = (of: string) => page.getByRole("button", { name: of });
  const opened = page.locator("[role=dialog], [role=alertdialog], [role=menu]").filter({ visible: true });

  for (const opener of [
    open("Create API token"),
    open("Search or run a command"),
    open("Account of Temporary Member"),
    open("Role").and(page.locator("[aria-haspopup]")),
    open("Status").and(page.locator("[aria-haspopup]")),
    open("Last used").and(page.locator("[aria-haspopup]")),
    open("Columns"),
    open(`Actions for ${name}`),
  ]) {
    await test.step(String(opener), async () => {
      await opener.focus();
      await page.keyboard.press("Enter");
      await expect(opened).toHaveCount(1);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Shift+Tab");
      await expectInside(page, "[role=dialog], [role=alertdialog], [role=menu]");
      await page.keyboard.press("Escape");
      await expect(opened).toHaveCount(0);
      await expect(opener).toBeFocused();
      await expectFocusShown(page);
    });
  }

  for (const item of ["Edit…", "Delete…"]) {
    await test.step(`${item} of a row`, async () => {
      const menu = open(`Actions for ${name}`);
      await menu.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: item }).focus();
      await page.keyboard.press("Enter");
      const dialog = page.locator("[role=dialog], [role=alertdialog]");
      await expect(dialog).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
      await expect(menu).toBeFocused();
      await expectFocusShown(page);
    });
  }
});

test("Tab never leaves an open dialog, in either direction", async ({ page, signIn }) => {
  await signIn(page, "engineer@acme.example");
  await page.goto(TOKENS);
  await page.getByRole("button", { name: "Create API token" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let step = 0; step < 15; step += 1) {
      await page.keyboard.press(key);
      await expectInside(page, "[role=dialog]");
      await expectFocusShown(page);
    }
  }
});

test("on a narrow screen the menu and the filters are opened and left by keyboard too", async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "engineer@acme.example");
  await page.goto(TOKENS);
  for (const opener of [
    page.getByRole("button", { name: "Menu", exact: true }),
    page.getByRole("button", { name: "Filters" }),
  ]) {
    await tabTo(page, opener);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectInside(page, "[role=dialog]");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(opener).toBeFocused();
    await expectFocusShown(page);
  }
});

async function expectInside(page: Page, selector: string): Promise<void> {
  const inside = await page.evaluate((inner) => Boolean(document.activeElement?.closest(inner)), selector);
  expect(inside, "the focus is inside what is open").toBe(true);
}
