import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, signInByForm, test } from "./fixtures";
import { type TemporaryMember, temporaryMember } from "./temporary-member";
import { createToken, leaveSecret, TOKENS, uniqueName } from "./token-dialogs";

const OPERATOR = "operator@latchkey.example";

/** The operator's page of an organization, found as the operator would find it. */
async function openOrganization(page: Page, { organizationId, organization }: TemporaryMember) {
  await page.goto("/operator");
  await page.getByRole("searchbox", { name: "Search organizations" }).fill(`temporary-${organizationId}`);
  await page.getByRole("searchbox").press("Enter");
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await page.getByRole("link", { name: organization }).click();
  await expect(page.getByRole("heading", { level: 1, name: organization })).toBeVisible();
}

async function switchTokens(page: Page, to: "on" | "off", reason: string | null) {
  await page
    .getByRole("region", { name: "API tokens" })
    .getByRole("button", { name: `Switch ${to}` })
    .click();
  const dialog = page.getByRole("dialog");
  if (reason) await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: `Switch ${to}` }).click();
  await expect(dialog).toHaveCount(0);
}

const tokensCard = (page: Page) => page.getByRole("region", { name: "API tokens" });
const history = (page: Page) => page.getByRole("region", { name: "History" });

const askForTokens = ({ organizationId }: TemporaryMember, reason: string) =>
  withDatabase(
    (sql) => sql`
      insert into access_requests (organization_id, member_id, reason, created_at)
      select organization_id, id, ${reason}, now() from members where organization_id = ${organizationId}`,
  );

/** Makes somebody a member of a second organization, with a role of that name there. */
const joinTo = (person: TemporaryMember, second: TemporaryMember, role: string, portal = "console") =>
  withDatabase(
    (sql) => sql`
      insert into members (organization_id, id, user_id, role_id, portal, created_at)
      select r.organization_id, ${randomUUID()}, u.id, r.id, ${portal}, now() + interval '1 second'
      from roles r, users u
      where r.organization_id = ${second.organizationId} and r.name = ${role} and u.email = ${person.email}`,
  );

const rename = ({ organizationId }: TemporaryMember, name: string) =>
  withDatabase((sql) => sql`update organizations set name = ${name} where id = ${organizationId}`);

const switcher = (page: Page, name: string) => page.getByRole("button", { name: `${name}: switch organization` });

async function switchTo(page: Page, from: string, to: string) {
  await switcher(page, from).click();
  await page.getByRole("menuitemradio", { name: to }).click();
  await expect(switcher(page, to)).toBeVisible();
}

test("the operator switches tokens off with a reason, which stops a member's next call, and on again", async ({
  page,
  browser,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email);
  await page.goto(TOKENS);
  const name = uniqueName("Warehouse");
  const secret = await createToken(page, name, { role: "Viewer" });
  await leaveSecret(page);
  const program = await api(secret);
  const ask = async () => (await program.get("/api/v1/me")).status();
  expect(await ask()).toBe(200);

  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, OPERATOR);
  await openOrganization(desk, member);
  await expect(tokensCard(desk)).toContainText("Active tokens1");
  await tokensCard(desk).getByRole("button", { name: "Switch off" }).click();
  const dialog = desk.getByRole("dialog");
  await expect(dialog).toContainText("1 active token stops at the next call");
  // Members read why: without a reason nothing happens.
  await dialog.getByRole("button", { name: "Switch off" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Say why");
  expect(await ask()).toBe(200);
  await dialog.getByLabel("Reason").fill("The invoice of March is open");
  await dialog.getByRole("button", { name: "Switch off" }).click();
  await expect(tokensCard(desk)).toContainText("Off");
  expect(await ask()).toBe(401);

  await page.reload();
  await expect(page.getByRole("main")).toContainText("The invoice of March is open");

  await askForTokens(member, "The scanners stand still");
  await desk.goto("/operator");
  await expect(desk.getByRole("row").filter({ hasText: `temporary-${member.organizationId}` })).toContainText(
    "1 request",
  );
  await openOrganization(desk, member);
  const requests = desk.getByRole("region", { name: "Requests" });
  await expect(requests).toContainText("The scanners stand still");
  await expect(requests).toContainText(member.email);
  // The operator learns that there is a token, and not which.
  await expect(desk.getByRole("main")).not.toContainText(name);
  await expect(desk.getByRole("main")).not.toContainText(secret.split("_")[2] ?? "");

  await switchTokens(desk, "on", null);
  await expect(tokensCard(desk)).toContainText("On");
  await expect(requests).toContainText("Nobody is asking");
  await expect(history(desk)).toContainText("API tokens switched on");
  await expect(history(desk)).toContainText("Odile Ferrand");
  expect(await ask()).toBe(200);
  await page.reload();
  await expect(page.getByRole("main")).not.toContainText("The invoice of March is open");
  await desk.context().close();
});

test("a plan without tokens says first what it stops, switches them off, and keeps them off until another is chosen", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, OPERATOR);
  await openOrganization(page, member);
  const plan = page.getByRole("region", { name: "Plan" });
  await plan.getByRole("radio", { name: /^Starter/ }).click();
  await expect(plan).toContainText("API tokens are switched off with it");
  await plan.getByRole("button", { name: "Change plan and switch off" }).click();
  await expect(tokensCard(page)).toContainText("The Starter plan does not include API tokens.");
  const on = tokensCard(page).getByRole("button", { name: "Switch on" });
  await expect(on).toHaveAttribute("aria-disabled", "true");
  await plan.getByRole("radio", { name: /^Pro/ }).click();
  await plan.getByRole("button", { name: "Change plan" }).click();
  await expect(history(page)).toContainText("Plan changed from Starter to Pro");
  await expect(tokensCard(page)).toContainText("Off");
  await switchTokens(page, "on", null);
  await expect(tokensCard(page).getByRole("button", { name: "Switch off" })).toBeVisible();
});

test("somebody in two organizations goes from one to the other, and finds in each that one's things alone", async ({
  page,
  signIn,
}) => {
  const person = await temporaryMember({ role: "Administrator" });
  const second = await temporaryMember({ role: "Administrator" });
  const [home, away] = [uniqueName("Home"), uniqueName("Away")];
  await rename(person, home);
  await rename(second, away);
  await joinTo(person, second, "User");
  await signIn(page, person.email);
  await page.goto(TOKENS);
  const name = uniqueName("At home");
  await createToken(page, name, { role: "Viewer" });
  await leaveSecret(page);
  await expect(page.getByRole("main")).toContainText(name);

  await switchTo(page, home, away);
  await expect(page).toHaveURL(TOKENS);
  await expect(page.getByRole("main")).not.toContainText(name);
  // An administrator at home is a user there.
  await expect(page.getByRole("navigation", { name: "Main" })).not.toContainText("General");
  await switcher(page, away).click();
  await expect(page.getByRole("menuitemradio", { name: away })).toBeChecked();
  await page.keyboard.press("Escape");
  await switchTo(page, away, home);
  await expect(page.getByRole("main")).toContainText(name);

  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await switchTo(page, home, away);
});

test("a partner of one organization who is a member of another is led to each one's own portal", async ({
  page,
  signIn,
}) => {
  const person = await temporaryMember({ role: "User" });
  const second = await temporaryMember({ role: "Administrator", like: "harbor" });
  const [home, away] = [uniqueName("Home"), uniqueName("Partner")];
  await rename(person, home);
  await rename(second, away);
  await joinTo(person, second, "Viewer", "hub");
  await signIn(page, person.email);
  await page.goto(TOKENS);
  await switchTo(page, home, away);
  await expect(page).toHaveURL("/hub/api-tokens");
  await switchTo(page, away, home);
  await expect(page).toHaveURL(TOKENS);
});

test("what is asked on a page of the one organization is never done in the other", async ({ page, signIn }) => {
  const person = await temporaryMember({ role: "Administrator" });
  const second = await temporaryMember({ role: "Administrator" });
  const [home, away] = [uniqueName("Home"), uniqueName("Away")];
  await rename(person, home);
  await rename(second, away);
  await joinTo(person, second, "Administrator");
  await signIn(page, person.email);
  await page.goto(TOKENS);
  await page.getByRole("button", { name: "Create API token" }).click();
  const dialog = page.getByRole("dialog");
  const name = uniqueName("For home");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("radio", { name: /^Viewer/ }).click();

  const tab = await page.context().newPage();
  await tab.goto(TOKENS);
  await switchTo(tab, home, away);

  await dialog.getByRole("button", { name: "Create API token" }).click();
  await expect(dialog).toContainText("You switched to another organization in another tab, so nothing was done.");
  // What was typed is still there.
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const notice = page.getByRole("status").filter({ hasText: `This page still shows ${home}` });
  await expect(notice).toBeVisible();
  await notice.getByRole("link").click();
  await expect(switcher(page, away)).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(name);
  const made = await withDatabase((sql) => sql`select 1 from api_tokens where name = ${name}`);
  expect(made).toHaveLength(0);
  await tab.close();
});

test("somebody whom one organization deactivated still gets to the other", async ({ page, signIn }) => {
  const person = await temporaryMember({ role: "User" });
  const second = await temporaryMember({ role: "Administrator" });
  const away = uniqueName("Away");
  await rename(second, away);
  await joinTo(person, second, "User");
  await signIn(page, person.email);
  await page.goto(TOKENS);
  await person.change({ status: "deactivated" });
  await page.reload();
  await expect(page).toHaveURL("/account");
  await page.getByRole("button", { name: `Go to ${away}` }).click();
  await expect(page).toHaveURL(TOKENS);
  await expect(page.getByRole("main")).toBeVisible();
});

test("Acme's administrator is an engineer in Meridian too, and signs in to Acme", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example", { fresh: true });
  await page.goto("/");
  await switchTo(page, "Acme", "Meridian");
  await page.goto("/profile");
  await expect(page.getByRole("region", { name: "Details" })).toContainText("Engineer");
});

test("an administrator renames the organization and its groups, and hears first what switching them on does", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email);
  await page.goto("/settings/general");
  const name = uniqueName("Acme Europe");
  await page.getByLabel("Name").fill(name);
  await page.getByRole("radio", { name: "Business units" }).click();
  await page.getByRole("radio", { name: /^Bound what members see/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "business units are on" })).toContainText(
    "of whom there is none yet",
  );
  await page.getByRole("button", { name: "Save changes" }).click();
  const navigation = page.getByRole("navigation", { name: "Main" });
  await expect(navigation).toContainText("Business units");
  await expect(page.getByRole("complementary")).toContainText(name);

  // A form that was filled before somebody else's change saves nothing.
  const tab = await page.context().newPage();
  await tab.goto("/settings/general");
  await page.getByLabel("Name").fill(`${name} North`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("complementary")).toContainText(`${name} North`);
  await tab.getByRole("radio", { name: "Teams" }).click();
  await tab.getByRole("button", { name: "Save changes" }).click();
  await expect(tab.getByRole("main")).toContainText("Somebody changed the organization while you were at it");
  await expect(tab.getByLabel("Name")).toHaveValue(`${name} North`);
  await tab.close();
});

test("who may not manage the organization is told whom to ask for what", async ({ page, signIn }) => {
  await signIn(page, "user@acme.example");
  await page.goto("/settings/general");
  await expect(page.getByRole("main")).toContainText("organization:manage");
  await expect(page.getByRole("textbox", { name: "Name" })).toHaveCount(0);
});

test.describe("a link of a message", () => {
  test("into another organization of its reader asks, changes nothing by itself, and opens what it is for", async ({
    page,
    signIn,
  }) => {
    const person = await temporaryMember({ role: "Administrator" });
    const second = await temporaryMember({ role: "Administrator" });
    const [home, away] = [uniqueName("Home"), uniqueName("Away")];
    await rename(person, home);
    await rename(second, away);
    await joinTo(person, second, "User");
    await signIn(page, person.email);
    await page.goto(`/in/${person.organizationId}/profile#notifications`);
    await expect(page).toHaveURL("/profile#notifications");

    const link = `/in/${second.organizationId}/profile#notifications`;
    await page.goto(link);
    await expect(page.getByRole("heading", { level: 1, name: `This is in ${away}` })).toBeVisible();
    await expectNoAxeViolations(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    await page.getByRole("link", { name: `Stay in ${home}` }).click();
    await expect(page).toHaveURL(TOKENS);
    await page.setViewportSize({ width: 1280, height: 800 });
    await expect(switcher(page, home)).toBeVisible();

    await page.goto(link);
    await page.getByRole("button", { name: `Open in ${away}` }).click();
    await expect(page).toHaveURL("/profile#notifications");
    await expect(switcher(page, away)).toBeVisible();
    // Where it leads nowhere on this site, it leads home.
    await page.goto(`/in/${second.organizationId}/%2Fevil.example/`);
    await expect(page).toHaveURL(TOKENS);
  });

  test("comes back after signing in, and is not there for somebody who is no member", async ({
    page,
    expectProblem,
  }) => {
    expectProblem(/404/);
    const person = await temporaryMember({ role: "User" });
    const stranger = await temporaryMember({ role: "Administrator" });
    await page.goto(`/in/${person.organizationId}/profile#notifications`);
    await expect(page).toHaveURL(/\/sign-in\?/);
    await signInByForm(page, person.email);
    await expect(page).toHaveURL("/profile#notifications");
    await expect(page.getByRole("main")).toContainText(person.email);

    for (const id of [stranger.organizationId, randomUUID(), "temporary"]) {
      const answer = await page.goto(`/in/${id}/profile`);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole("main")).toContainText("There is nothing here");
      await expect(page.getByRole("main")).toContainText(`You are signed in as ${person.email}`);
      await expect(page.getByRole("main")).not.toContainText(stranger.organization);
    }
    await expectNoAxeViolations(page);
    await page.goto(`/in/${stranger.organizationId}/profile#notifications`);
    await page.getByRole("button", { name: "Sign in with another account" }).click();
    await expect(page).toHaveURL(/\/sign-in\?/);
    await signInByForm(page, stranger.email);
    await expect(page).toHaveURL("/profile#notifications");
    await expect(page.getByRole("main")).toContainText(stranger.email);
  });
});
