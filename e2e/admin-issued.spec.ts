import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { idOf, revealSecret, rowOf, TOKENS, uniqueName } from "./token-dialogs";

/** The admin-issued preset, walked as the document of the product that works so walks it, in Fairground. */

const ADMIN = "admin@fairground.example";
const TEAM_ADMIN = "teamadmin@fairground.example";
const OPERATOR = "operator@latchkey.example";

const createButton = (page: Page) => page.getByRole("button", { name: "Create new token" });

test("admin-issued: an administrator names a token, generates it, and its value is displayed only once", async ({
  page,
  signIn,
  api,
}) => {
  const name = uniqueName("CRM bridge");
  await signIn(page, ADMIN);

  await test.step("Settings in the sidebar, then Tokens, then Create new token", async () => {
    await page.goto("/");
    const navigation = page.getByRole("navigation", { name: "Main" });
    await expect(navigation.getByText("Settings", { exact: true })).toBeVisible();
    await navigation.getByRole("link", { name: /^Tokens/ }).click();
    await expect(page).toHaveURL(TOKENS);
    await expect(page.getByRole("heading", { level: 1, name: "Tokens" })).toBeVisible();
    await createButton(page).click();
  });

  const dialog = page.getByRole("dialog");
  await test.step("a name is all that it asks for", async () => {
    await expect(dialog.getByRole("textbox")).toHaveCount(1);
    await expect(dialog.getByRole("radio")).toHaveCount(0);
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByRole("button", { name: "Generate token" }).click();
  });

  const secret = await revealSecret(dialog);
  await test.step("it is copied, the dialog is closed, and nothing shows it again", async () => {
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(rowOf(page, name)).toBeVisible();
    await page.reload();
    await rowOf(page, name).getByRole("link").click();
    await expect(page).toHaveURL(`${TOKENS}/${idOf(secret)}`);
    await expect(page.locator("body")).not.toContainText(secret);
  });

  await test.step("it authenticates requests as its issuer", async () => {
    const me = await (await api(secret)).get("/api/v1/me");
    expect(me.status()).toBe(200);
    expect(await me.json()).toMatchObject({ name, role: null, organization: { slug: "fairground" } });
  });

  await test.step("deleting asks once more, and says that it cannot be undone and breaks what uses it", async () => {
    await page.goto(TOKENS);
    await rowOf(page, name)
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const confirm = page.getByRole("alertdialog");
    await expect(confirm).toContainText("cannot be undone");
    await expect(confirm).toContainText(/calls? in the last 24 hours/);
    const typed = confirm.getByLabel(/^Type .* to confirm$/);
    if (await typed.isVisible()) await typed.fill(name);
    await confirm.getByRole("button", { name: "Delete token" }).click();
    await expect(rowOf(page, name)).toContainText("Deleted");
    expect((await (await api(secret)).get("/api/v1/me")).status()).toBe(401);
  });
});

test("admin-issued: with teams on, team administrators and other members neither create nor delete", async ({
  page,
  signIn,
}) => {
  for (const email of [TEAM_ADMIN, "user@fairground.example", "engineer@fairground.example"]) {
    await test.step(email, async () => {
      await signIn(page, email);
      await page.goto(TOKENS);
      await expect(page.getByText("You can’t create tokens")).toBeVisible();
      await expect(page.getByText("administrators create tokens", { exact: false })).toBeVisible();
      await expect(createButton(page)).toHaveCount(0);
      await expect(page.getByRole("button", { name: /^Actions for/ })).toHaveCount(0);
    });
  }

  await test.step("not even a token that they issued before teams were on", async () => {
    const name = uniqueName("From before");
    await withDatabase(
      (sql) => sql`
        insert into api_tokens
        select (jsonb_populate_record(t, jsonb_build_object('id', substr(md5(${name}), 1, 12), 'name', ${name}::text,
          'state', 'active', 'deleted_at', null, 'issuer_id', m.id::text))).*
        from members m join users u on u.id = m.user_id join api_tokens t on t.organization_id = m.organization_id
        where u.email = ${TEAM_ADMIN} limit 1`,
    );
    await signIn(page, TEAM_ADMIN);
    await page.goto(TOKENS);
    await rowOf(page, name)
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await expect(page.getByRole("menuitem", { name: "Delete…" })).toHaveAttribute("aria-disabled", "true");
    await withDatabase((sql) => sql`delete from api_tokens where name = ${name}`);
  });
});

test("admin-issued: without teams, everybody creates tokens of their own", async ({ page, signIn }) => {
  // Its organization has the policy of Fairground, and no teams.
  const somebody = await temporaryMember({ role: "User", like: "fairground" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto(TOKENS);
  await createButton(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(uniqueName("My own"));
  await dialog.getByRole("button", { name: "Generate token" }).click();
  await revealSecret(dialog);
});

test("admin-issued: tokens are off until the operator turns them on, where the plan includes them", async ({
  page,
  signIn,
  browser,
  api,
}) => {
  const somebody = await temporaryMember({ role: "Administrator", like: "fairground" });
  const organization = `Off ${somebody.organizationId.slice(0, 8)}`;
  await withDatabase(
    (sql) => sql`
      update organizations set name = ${organization}, plan = 'starter', tokens_enabled = false
      where id = ${somebody.organizationId}`,
  );
  await signIn(page, somebody.email, { fresh: true });

  await test.step("members see that they are off, and ask for them", async () => {
    await page.goto(TOKENS);
    await expect(page.getByText("switched off", { exact: false }).first()).toBeVisible();
    await expect(createButton(page)).toHaveCount(0);
    await page.getByLabel("What do you need them for?").fill("For the registrations");
    await page.getByRole("button", { name: "Request access" }).click();
    await expect(page.getByText("You asked for access")).toBeVisible();
  });

  const office = await browser.newContext();
  const operator = await office.newPage();
  await signIn(operator, OPERATOR);
  await test.step("the operator reads the request, and cannot switch on what the plan does not include", async () => {
    await operator.goto(`/operator/organizations/${somebody.organizationId}`);
    await expect(operator.getByRole("region", { name: "Requests" })).toContainText("For the registrations");
    const tokens = operator.getByRole("region", { name: "API tokens" });
    await expect(tokens.getByRole("button", { name: "Switch on" })).toHaveAttribute("aria-disabled", "true");
  });
  await test.step("chooses a plan that includes them, and switches them on", async () => {
    await operator.getByRole("radio", { name: /^Pro/ }).click();
    await operator.getByRole("button", { name: "Change plan" }).click();
    await operator.getByRole("region", { name: "API tokens" }).getByRole("button", { name: "Switch on" }).click();
    await operator.getByRole("dialog").getByRole("button", { name: "Switch on" }).click();
    await expect(operator.getByRole("dialog")).toHaveCount(0);
    await expect(operator.getByRole("region", { name: "Requests" })).toContainText("Nobody is asking");
  });
  await office.close();

  await test.step("after the plan and the switch, the same member creates one and calls with it", async () => {
    await page.goto(TOKENS);
    await createButton(page).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(uniqueName("On at last"));
    await dialog.getByRole("button", { name: "Generate token" }).click();
    const secret = await revealSecret(dialog);
    const caller = await api(secret);
    expect((await caller.get("/api/v1/me")).status()).toBe(200);
  });
});
