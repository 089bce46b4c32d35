import type { Locator, Page } from "@playwright/test";
import { REFUSALS } from "@/lib/refusal";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import {
  chooseRole,
  createToken,
  leaveSecret,
  openCreateDialog,
  revealSecret,
  TOKENS,
  uniqueName,
} from "./token-dialogs";

const MEMBERS = "/members";

/** Chooses from a list that opens, by the words of its label. */
async function choose(dialog: Locator, label: string, option: RegExp): Promise<void> {
  await dialog.getByRole("combobox", { name: label }).click();
  await dialog.page().getByRole("option", { name: option }).click();
}

/** Opens a member's menu in the table and chooses from it; the dialog that it opens. */
async function fromMenu(page: Page, name: string, item: RegExp): Promise<Locator> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
  const dialog = page.getByRole(/eactivate/.test(item.source) ? "alertdialog" : "dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

test("somebody is invited, joins, is lowered, shut out and let in again, and the token follows at its next call", async ({
  page,
  browser,
  signIn,
  api,
  baseURL,
}) => {
  const administrator = await temporaryMember({ role: "Administrator" });
  await signIn(page, administrator.email, { fresh: true });
  await page.goto(MEMBERS);
  await page.getByRole("button", { name: "Invite member" }).click();
  const inviting = page.getByRole("dialog");
  const [name, email] = [uniqueName("Nora"), `${uniqueName("nora").replace(" ", "-")}@temporary.example`];
  await inviting.getByLabel("Email").fill(email);
  await choose(inviting, "Role", /^Engineer/);
  await expectNoAxeViolations(page);
  await inviting.getByRole("button", { name: "Create invitation" }).click();
  const link = (await inviting.locator("code").textContent()) ?? "";
  expect(link).toMatch(new RegExp(`^${baseURL}/invitation#[A-Za-z0-9_-]{43}$`));
  await inviting.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("region", { name: "Invitations" }).getByText(email, { exact: true })).toBeVisible();
  await expect(page.getByText(link)).toHaveCount(0);

  const context = await browser.newContext();
  const theirs = await context.newPage();
  const asked: string[] = [];
  const code = link.split("#")[1] ?? "";
  theirs.on("request", (request) => asked.push(`${request.url().split("#")[0]} ${request.headers().referer ?? ""}`));
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: `Join ${administrator.organization}` })).toBeVisible();
  await expect(theirs).toHaveURL(`${baseURL}/invitation`);
  await expectNoAxeViolations(theirs);
  await theirs.getByLabel("Your name").fill(name);
  await theirs.getByLabel("Password", { exact: true }).fill("seven quiet lanterns");
  await theirs.getByRole("button", { name: "Accept invitation" }).click();
  await theirs.waitForURL(`**${TOKENS}`);
  expect(asked.filter((line) => line.includes(code))).toEqual([]);
  const secret = await createToken(theirs, uniqueName("Directory"), { role: "Engineer" });
  await leaveSecret(theirs);
  const caller = await api(secret);
  expect((await caller.get("/api/v1/members")).status()).toBe(200);

  // The link is used up.
  const again = await (await browser.newContext()).newPage();
  await again.goto(link);
  await expect(again.getByText(REFUSALS.invitation_invalid.sentence)).toBeVisible();
  await again.context().close();

  await page.goto(MEMBERS);
  await expect(page.getByText("Invitations", { exact: true })).toHaveCount(0);
  const changing = await fromMenu(page, name, /^Change/);
  await choose(changing, "Role", /^Viewer/);
  await changing.getByRole("button", { name: "Save changes" }).click();
  await expect(changing).toHaveCount(0);
  expect((await caller.get("/api/v1/members")).status()).toBe(403);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);

  await page.goto(MEMBERS);
  const leaving = await fromMenu(page, name, /^Deactivate/);
  await expect(leaving.getByText("One active token stops")).toBeVisible();
  await expect(leaving.getByText(/^Directory/)).toBeVisible();
  await expectNoAxeViolations(page);
  await leaving.getByRole("button", { name: "Deactivate" }).click();
  await expect(leaving).toHaveCount(0);
  expect((await caller.get("/api/v1/me")).status()).toBe(401);
  await theirs.goto(TOKENS);
  await expect(theirs).toHaveURL(/\/account$/);

  await page.goto(MEMBERS);
  await (await fromMenu(page, name, /^Reactivate/)).getByRole("button", { name: "Reactivate" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
  await context.close();
});

test("the last administrator stays, and hears why", async ({ page, signIn }) => {
  const administrator = await temporaryMember({ role: "Administrator" });
  await signIn(page, administrator.email, { fresh: true });
  await page.goto(MEMBERS);
  const leaving = await fromMenu(page, administrator.name, /^Deactivate/);
  await leaving.getByRole("button", { name: "Deactivate" }).click();
  await expect(leaving.getByText(REFUSALS.last_administrator.sentence)).toBeVisible();
  await leaving.getByRole("button", { name: "Keep active" }).click();
  const changing = await fromMenu(page, administrator.name, /^Change/);
  await choose(changing, "Role", /^Viewer/);
  await changing.getByRole("button", { name: "Save changes" }).click();
  await expect(changing.getByText(REFUSALS.last_administrator.sentence)).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Invite member" })).toBeVisible();
});

test("a service account gets a token that may do no more than the account", async ({ page, signIn, api }) => {
  const administrator = await temporaryMember({ role: "Administrator" });
  await signIn(page, administrator.email, { fresh: true });
  await page.goto(MEMBERS);
  await page.getByRole("button", { name: "Add service account" }).click();
  const adding = page.getByRole("dialog");
  await adding.getByLabel("Name").fill("nightly-export");
  await choose(adding, "Role", /^Viewer/);
  await adding.getByRole("button", { name: "Add service account" }).click();
  await expect(adding).toHaveCount(0);
  await expect(
    page.getByRole("row").filter({ hasText: "nightly-export" }).getByText(`Service account of ${administrator.name}`),
  ).toBeVisible();

  await page.goto(TOKENS);
  const creating = await openCreateDialog(page);
  await choose(creating, "Issued for", /^nightly-export/);
  await creating.getByLabel("Name").fill(uniqueName("Export"));
  await expect(creating.getByRole("radio", { name: /^Engineer/ })).toBeDisabled();
  await chooseRole(creating, "Viewer");
  await creating.getByRole("button", { name: "Create API token" }).click();
  const secret = await revealSecret(creating);
  expect(secret).toMatch(/^lk_svc_/);
  await leaveSecret(page);
  const caller = await api(secret);
  expect((await caller.get("/api/v1/tokens")).status()).toBe(200);
  expect((await caller.get("/api/v1/members")).status()).toBe(403);
});

test("a member who may not read members is told so, and the table fits a phone", async ({ page, signIn }) => {
  await signIn(page, "user@acme.example");
  await page.goto(MEMBERS);
  await expect(page.getByText("members:read")).toBeVisible();
  await signIn(page, "admin@acme.example");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(MEMBERS);
  await expect(page.getByText("Rin Takeda").first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});
