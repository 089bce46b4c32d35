import type { Locator, Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, test } from "./fixtures";
import { heardEverywhere, temporaryMember } from "./temporary-member";
import { idOf, revealSecret, TOKENS } from "./token-dialogs";

/** The single-rotating preset, walked as the document of the product that works so walks it, in Ironvault. */

const ADMIN = "admin@ironvault.example";
const DAYS_180 = 180 * 86_400_000;

const card = (page: Page): Locator => page.getByRole("region", { name: "API token" });

/** From the menu of the person to the card on their profile. */
async function openProfile(page: Page): Promise<void> {
  await page.goto("/");
  const profile = page.getByRole("menuitem", { name: "Profile" });
  // A menu that is opened while the page still arrives may be closed again by it.
  await expect(async () => {
    if (!(await profile.isVisible())) await page.getByRole("button", { name: /^Account of/ }).click();
    await profile.click({ timeout: 2000 });
  }).toPass();
  await expect(page).toHaveURL(/\/profile$/);
  await expect(card(page)).toBeVisible();
}

async function generate(page: Page): Promise<Locator> {
  await card(page).getByRole("button", { name: "Generate", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("group", { name: "Your token, hidden" })).toBeVisible();
  return dialog;
}

async function revoke(page: Page): Promise<void> {
  await card(page).getByRole("button", { name: "Revoke" }).click();
  const confirm = page.getByRole("alertdialog");
  await expect(confirm).toContainText("cannot be undone");
  await expect(confirm).toContainText(/calls? in the last 24 hours/);
  const typed = confirm.getByRole("textbox");
  if (await typed.isVisible()) {
    const name = await confirm.getByRole("heading").textContent();
    await typed.fill((name ?? "").replace(/^Revoke /, "").replace(/\?$/, ""));
  }
  await confirm.getByRole("button", { name: /^Revoke/ }).click();
  await expect(confirm).toHaveCount(0);
}

test("single rotating: one token is generated on the profile, hidden until asked, copied, and replaced after revocation alone", async ({
  page,
  signIn,
  api,
}) => {
  // An organization with the policy of Ironvault, whose member has generated nothing yet.
  const somebody = await temporaryMember({ role: "User", like: "ironvault" });
  await signIn(page, somebody.email, { fresh: true });
  await openProfile(page);

  const first = await test.step("Generate, then the view icon, then Copy", async () => {
    await expect(card(page)).toContainText("You have none");
    const dialog = await generate(page);
    const box = dialog.getByRole("group", { name: /^Your token/ });
    await expect(box, "hidden at first").not.toContainText(/[0-9A-Za-z]{43}/);
    const secret = await revealSecret(dialog);
    await dialog.getByRole("button", { name: "Copy token" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    return secret;
  });

  await test.step("it appears once: afterwards the card shows its masked form alone", async () => {
    await expect(card(page)).toContainText(`lk_pat_${idOf(first).slice(0, 4)}`);
    await page.reload();
    await expect(card(page)).toContainText("Expires");
    await expect(page.locator("body")).not.toContainText(first.slice(20));
  });

  await test.step("it lives for 180 days, to the millisecond", async () => {
    const [row] = await withDatabase(
      (sql) => sql<{ created_at: Date; expires_at: Date }[]>`
        select created_at, expires_at from api_tokens where id = ${idOf(first)}`,
    );
    expect((row?.expires_at.getTime() ?? 0) - (row?.created_at.getTime() ?? 0)).toBe(DAYS_180);
  });

  await test.step("a second one cannot be generated while it lives", async () => {
    await expect(card(page).getByRole("button", { name: "Rotate", exact: true })).toBeEnabled();
    await expect(card(page).getByRole("button", { name: "Generate", exact: true })).toHaveCount(0);
  });

  await test.step("its access is its issuer's: role and business units, nothing of its own", async () => {
    const me = await (await api(first)).get("/api/v1/me");
    expect(me.status()).toBe(200);
    expect(await me.json()).toMatchObject({ id: idOf(first), role: null });
    await somebody.change({ role: "Viewer" });
    const less = (await (await (await api(first)).get("/api/v1/me")).json()) as { permissions: string[] };
    expect(less.permissions).not.toContain("tokens:manage");
    await somebody.change({ role: "User" });
  });

  await test.step("Revoke warns, is final, and only then another one can be generated", async () => {
    await page.reload();
    await revoke(page);
    expect((await (await api(first)).get("/api/v1/me")).status()).toBe(401);
    const dialog = await generate(page);
    const second = await revealSecret(dialog);
    expect(second).not.toBe(first);
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    expect((await (await api(second)).get("/api/v1/me")).status()).toBe(200);
    expect((await (await api(first)).get("/api/v1/me")).status()).toBe(401);
  });
});

test("single rotating: of two that are asked for in two tabs, one is made", async ({ page, signIn, context }) => {
  const somebody = await temporaryMember({ role: "User", like: "ironvault" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto("/profile");
  const other = await context.newPage();
  await other.goto("/profile");
  await generate(page);

  await card(other).getByRole("button", { name: "Generate", exact: true }).click();
  const dialog = other.getByRole("dialog");
  await expect(dialog.getByText("You have reached your limit", { exact: false })).toBeVisible();
  const live = await withDatabase(
    (sql) => sql`select 1 from api_tokens where organization_id = ${somebody.organizationId}`,
  );
  expect(live).toHaveLength(1);
});

test("single rotating: after 180 days it is refused, used or not, and the profile offers another", async ({
  page,
  signIn,
  api,
}) => {
  const somebody = await temporaryMember({ role: "User", like: "ironvault" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto("/profile");
  const dialog = await generate(page);
  const secret = await revealSecret(dialog);
  await dialog.getByRole("button", { name: "Copy token" }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  const caller = await api(secret);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);

  await withDatabase(
    (sql) => sql`
      update api_tokens set created_at = created_at - interval '180 days', expires_at = expires_at - interval '180 days'
      where id = ${idOf(secret)}`,
  );
  expect((await caller.get("/api/v1/me")).status()).toBe(401);
  await page.reload();
  await expect(card(page)).toContainText("expired");
  await expect(card(page).getByRole("button", { name: "Generate", exact: true })).toBeEnabled();
});

test("single rotating: users have their token on the profile alone, administrators see everybody's in the settings", async ({
  page,
  signIn,
}) => {
  await signIn(page, "user@ironvault.example");
  await openProfile(page);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^API tokens/ })).toHaveCount(
    0,
  );

  await signIn(page, ADMIN);
  await page.goto("/");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: /^API tokens/ })
    .click();
  await expect(page).toHaveURL(TOKENS);
  await expect(page.getByRole("columnheader", { name: "Issued by" })).toBeVisible();
  await expect(page.getByRole("rowheader").first()).toBeVisible();
});

test("single rotating: switched off for the organization, it is refused and cannot be generated, until it is on again", async ({
  page,
  signIn,
  api,
}) => {
  const somebody = await temporaryMember({ role: "User", like: "ironvault" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto("/profile");
  const dialog = await generate(page);
  const secret = await revealSecret(dialog);
  await dialog.getByRole("button", { name: "Copy token" }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  const caller = await api(secret);
  const switchTokens = (on: boolean) =>
    withDatabase(async (sql) => {
      await sql`update organizations set tokens_enabled = ${on} where id = ${somebody.organizationId}`;
      await heardEverywhere(sql, somebody.organizationId);
    });

  await switchTokens(false);
  expect((await caller.get("/api/v1/me")).status()).toBe(401);
  await page.reload();
  await expect(page.getByText("are switched off", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Generate", exact: true })).toHaveCount(0);
  await switchTokens(true);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
});
