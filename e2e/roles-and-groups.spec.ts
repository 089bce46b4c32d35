import type { Locator, Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createToken, leaveSecret, TOKENS, uniqueName } from "./token-dialogs";

const button = (within: Page | Locator, name: string) => within.getByRole("button", { name, exact: true });

/** The cell of the comparison where a permission meets a role. */
async function cellOf(page: Page, permission: string, role: string): Promise<Locator> {
  const heads = page.getByRole("columnheader");
  await expect(heads.filter({ hasText: new RegExp(`^${role}`) })).toBeVisible();
  const at = (await heads.allInnerTexts()).findIndex((text) => text.startsWith(role));
  expect(at).toBeGreaterThan(0);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: permission }) });
  return row.getByRole("cell").nth(at - 1);
}

test("a permission of one's own goes into a role of one's own, is compared, and leaves a token at its next call", async ({
  page,
  signIn,
  api,
}) => {
  const admin = await temporaryMember({ role: "Administrator" });
  await signIn(page, admin.email, { fresh: true });
  await page.goto("/roles");

  await button(page, "Add permission").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("tokens:forge");
  await dialog.getByLabel("Description").fill("Start a job");
  await button(dialog, "Add permission").click();
  await expect(dialog.getByText("is Latchkey's own")).toBeVisible();
  await dialog.getByLabel("Name").fill("jobs:run");
  await button(dialog, "Add permission").click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Your permissions" }).getByText("jobs:run")).toBeVisible();

  await button(page, "Add role").click();
  await dialog.getByLabel("Name").fill("Job runner");
  await dialog.getByRole("checkbox", { name: "Start a job" }).click();
  await dialog.getByRole("checkbox", { name: "Read the organization" }).click();
  await button(dialog, "Add role").click();
  await expect(dialog).toHaveCount(0);
  await expect(await cellOf(page, "Start a job", "Job runner")).toHaveText("Yes");
  await expect(await cellOf(page, "Start a job", "Administrator")).toHaveText("Yes");
  await expect(await cellOf(page, "Start a job", "Engineer")).toHaveText("No");
  await expect(await cellOf(page, "Contains", "Administrator")).toHaveText("every other role");

  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Runner"), { role: "Job runner" });
  await leaveSecret(page);
  const caller = await api(secret);
  const held = async () => ((await (await caller.get("/api/v1/me")).json()) as { permissions: string[] }).permissions;
  expect(await held()).toEqual(["jobs:run", "organization:read"]);

  await page.goto("/roles");
  await button(page, "Actions for Job runner").click();
  await expect(page.getByRole("menuitem", { name: /^Delete/ })).toBeDisabled();
  await expect(page.getByRole("menuitem", { name: /^Delete/ })).toContainText("Still had by 1 active API token");
  await page.getByRole("menuitem", { name: "Change" }).click();
  await dialog.getByRole("checkbox", { name: "Start a job" }).click();
  await button(dialog, "Save changes").click();
  const losses = dialog.getByRole("region", { name: "What this takes away" });
  await expect(losses.getByRole("listitem")).toHaveText(/Start a job.*0 members, 1 API token/);
  await expectNoAxeViolations(page);
  // Only looked at so far.
  expect(await held()).toContain("jobs:run");
  await button(dialog, "Take away and save").click();
  await expect(dialog).toHaveCount(0);
  expect(await held()).toEqual(["organization:read"]);
  await expect(await cellOf(page, "Start a job", "Job runner")).toHaveText("No");

  // No role but the administrators' holds it now, so it can go.
  await button(page, "Actions for jobs:run").click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await button(page.getByRole("alertdialog"), "Delete permission").click();
  await expect(page.getByText("jobs:run")).toHaveCount(0);

  await page.goto("/audit-log?kind=roles");
  const events = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  await expect(events.first()).toContainText("deleted the permission jobs:run");
  await expect(page.getByText("changed the role")).toBeVisible();
});

test("a phone compares two roles at a time, and those who may only read are offered nothing to change", async ({
  page,
  signIn,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "engineer@acme.example");
  await page.goto("/roles");
  await page.getByRole("combobox", { name: "With" }).click();
  await page.getByRole("option", { name: "Auditor" }).click();
  await expect(page.getByRole("columnheader", { name: /^Engineer/ })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /^Auditor/ })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: /^Viewer/ })).toBeHidden();
  await expect(button(page, "Add role")).toHaveCount(0);
  await expect(button(page, "Actions for Auditor")).toHaveCount(0);
  await expectNoSidewaysScroll(page);
  await expectNoAxeViolations(page);
});

test("the administrator of a team adds by exact email and removes again, in that team alone", async ({
  page,
  signIn,
  expectProblem,
}) => {
  // The page of a team that is none of theirs.
  expectProblem(/404/);
  await signIn(page, "teamadmin@fairground.example");
  await page.goto("/groups");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Teams");
  await expect(page.getByRole("rowheader")).toHaveText([/Field marketing/]);
  await expect(button(page, "Add team")).toHaveCount(0);
  await page.getByRole("link", { name: "Field marketing" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Field marketing");
  await expect(button(page, "Rename")).toHaveCount(0);
  await expect(button(page, "Delete")).toHaveCount(0);

  await button(page, "Add member").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Email").fill("jonas@fairground.exampl");
  await button(dialog, "Add member").click();
  await expect(dialog.getByRole("alert")).toHaveText("There is no such member in this organization.");
  await dialog.getByLabel("Email").fill("Jonas@Fairground.example");
  await button(dialog, "Add member").click();
  await expect(dialog).toHaveCount(0);
  const members = page.getByRole("region", { name: "Members" });
  await expect(members.getByText("jonas@fairground.example")).toBeVisible();
  await expectNoAxeViolations(page);

  await button(page, "Actions for Jonas Weber").click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await button(page.getByRole("alertdialog"), "Remove").click();
  await expect(members.getByText("jonas@fairground.example")).toHaveCount(0);

  const [other] = await withDatabase(
    (sql) => sql<{ id: string }[]>`
      select g.id from groups g join organizations o on o.id = g.organization_id
      where o.slug = 'fairground' and g.name = 'Conferences'`,
  );
  await page.goto(`/groups/${other?.id}`);
  await expect(page.getByText("There is no such team here")).toBeVisible();

  await signIn(page, "admin@fairground.example");
  await page.goto("/audit-log?kind=groups");
  const events = page.getByRole("list", { name: "Events" }).getByRole("listitem");
  const [removed, added] = [events.nth(0), events.nth(1)];
  await expect(removed).toContainText("Déborah Kouassi changed the team Field marketing");
  await removed.getByRole("button", { name: /^Details/ }).click();
  await expect(removed.getByRole("definition")).toHaveText("Jonas Weber");
  await expect(added).toContainText("Déborah Kouassi");
  await page.getByRole("button", { name: /^About/ }).click();
  await page.getByRole("checkbox", { name: "Members" }).click();
  await expect(page).toHaveURL(/kind=members,groups/);
});

test("who is bounded by business units sees only their own, and is told which permission the audit log asks for", async ({
  page,
  signIn,
}) => {
  await signIn(page, "engineer@ironvault.example");
  await page.goto("/groups");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Business units");
  await expect(page.getByRole("rowheader")).toHaveText([/Insurance/]);
  await page.getByRole("link", { name: "Insurance" }).click();
  await expect(page.getByRole("region", { name: "Members" }).getByRole("listitem")).toHaveCount(2);
  await expect(button(page, "Add member")).toHaveCount(0);
  await page.goto("/audit-log");
  await expect(page.getByText("audit:read")).toBeVisible();
});

test("an administrator adds a group, chooses who is in it, appoints and deletes it", async ({ page, signIn }) => {
  const admin = await temporaryMember({ role: "Administrator" });
  await signIn(page, admin.email, { fresh: true });
  await page.goto("/groups");
  await expect(page.getByText("Groups bound nobody yet")).toBeVisible();
  await button(page, "Add group").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Platform");
  await button(dialog, "Add group").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Platform");
  await button(page, "Add member").click();
  await dialog.getByLabel("Find by name or email").fill("temporary");
  await dialog.getByRole("button", { name: new RegExp(admin.name) }).click();
  await expect(dialog).toHaveCount(0);
  await button(page, `Actions for ${admin.name}`).click();
  await page.getByRole("menuitem", { name: "Make group administrator" }).click();
  const members = page.getByRole("region", { name: "Members" });
  await expect(members.getByText("Group administrator", { exact: true })).toBeVisible();
  await button(page, "Delete").click();
  await button(page.getByRole("alertdialog"), "Delete group").click();
  await expect(page).toHaveURL("/groups");
  await expect(page.getByText("No groups yet")).toBeVisible();
  await expectNoAxeViolations(page);
});
