import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import {
  chooseRole,
  createToken,
  idOf,
  leaveSecret,
  openCreateDialog,
  revealSecret,
  rowOf,
  TOKENS,
  uniqueName,
} from "./token-dialogs";

const POLICY = "/settings/token-policy";

const choose = (page: Page, rule: string, choice: string) =>
  page.getByRole("radiogroup", { name: rule, exact: true }).getByRole("radio", { name: choice }).click();
const unsaved = (page: Page) => page.getByRole("region", { name: "Unsaved changes" });

async function preview(page: Page) {
  await unsaved(page).getByRole("button", { name: "Preview changes" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading", { name: "What this does to existing tokens" })).toBeVisible();
  return dialog;
}

async function save(page: Page, button: string) {
  await page.getByRole("dialog").getByRole("button", { name: button }).click();
  // One of an earlier time may still be there.
  await expect(page.getByText("Policy saved").first()).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(unsaved(page)).toHaveCount(0);
}

test("a rule is changed, its effect seen before it is saved, and what lies outside is marked, found and put right", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  const [bare, described] = [uniqueName("Bare"), uniqueName("Described")];
  await page.goto(TOKENS);
  const secret = await createToken(page, bare, { role: "Administrator" });
  await leaveSecret(page);
  await createToken(page, described, { role: "Viewer" });
  await leaveSecret(page);
  await withDatabase(
    (sql) => sql`update api_tokens set description = 'What for'
      where organization_id = ${member.organizationId} and name = ${described}`,
  );

  await test.step("the changed rule is marked, and can be set back to the preset's", async () => {
    await page.goto(POLICY);
    await expect(page.getByRole("radio", { name: /^Role-scoped/ })).toBeChecked();
    await expect(unsaved(page)).toHaveCount(0);
    await choose(page, "Description", "Required");
    await expect(page.getByText("Differs from preset")).toHaveCount(1);
    await expect(unsaved(page)).toContainText("1 change");
    await page.getByRole("button", { name: /^Reset to Optional.*Description$/ }).click();
    await expect(unsaved(page)).toHaveCount(0);
    await choose(page, "Description", "Required");
  });

  await test.step("the preview says how many, why and which, and changes nothing", async () => {
    const dialog = await preview(page);
    await expect(dialog).toContainText("Of 2 API tokens, 1 is touched.");
    await expect(dialog).toContainText("It has no description; the policy asks for one.");
    await dialog.getByRole("button", { name: "Show which outside the policy" }).click();
    await expect(dialog.getByText(bare)).toBeVisible();
    await expect(dialog.getByText(described)).toHaveCount(0);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    await dialog.getByRole("button", { name: "Back to the rules" }).click();
    await expect(unsaved(page)).toContainText("1 change");
  });

  await test.step("after saving, the table marks exactly that token and says so above", async () => {
    await preview(page);
    await save(page, "Save policy");
    await page.goto(TOKENS);
    await expect(rowOf(page, bare)).toContainText("Outside policy");
    await expect(rowOf(page, described)).not.toContainText("Outside policy");
    await expect(page.getByText("1 API token outside the token policy")).toBeVisible();
    await page.getByRole("link", { name: "Show it" }).click();
    await expect(page).toHaveURL(`${TOKENS}?policy=outside`);
    await expect(rowOf(page, bare)).toBeVisible();
    await expect(rowOf(page, described)).toHaveCount(0);
  });

  await test.step("the API filters by the same rule, and says why", async () => {
    const caller = await api(secret);
    const answer = await caller.get("/api/v1/tokens?policy=outside");
    expect((await answer.json()).data).toMatchObject([{ id: idOf(secret), outside_policy: ["description_missing"] }]);
    expect((await caller.get("/api/v1/tokens?policy=beside")).status()).toBe(422);
  });

  await test.step("the token's own page says what to do, and doing it takes the mark away", async () => {
    await rowOf(page, bare).getByRole("link").click();
    await expect(page.getByText("Outside the token policy")).toBeVisible();
    await expectNoAxeViolations(page);
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("dialog").getByLabel("Description").fill("Says what it is for");
    await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Outside the token policy")).toHaveCount(0);
  });
});

test("switching deletion on deletes what has expired, as many as the preview said, and no other", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  const [over, living] = [uniqueName("Over"), uniqueName("Living")];
  await page.goto(TOKENS);
  for (const name of [over, living]) {
    await createToken(page, name, { role: "Viewer" });
    await leaveSecret(page);
  }
  await withDatabase(
    (sql) => sql`update api_tokens set expires_at = now() - interval '1 minute', created_at = now() - interval '1 day'
      where organization_id = ${member.organizationId} and name = ${over}`,
  );
  await page.goto(POLICY);
  await page.getByRole("checkbox", { name: "Delete tokens when they expire" }).click();
  const dialog = await preview(page);
  await expect(dialog).toContainText("They have expired already");
  await save(page, "Save and delete 1");
  await page.goto(TOKENS);
  await expect(rowOf(page, over)).toContainText("Deleted");
  await expect(rowOf(page, living)).toContainText("Active");
});

test("changes that are not saved are neither lost by a link, nor by Back, nor by Back in the preview", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const link = (name: string) => page.getByRole("navigation").getByRole("link", { name });
  await link("Token policy").click();
  await expect(page).toHaveURL(POLICY);
  await choose(page, "Description", "Required");
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });

  await link("Members").click();
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Stay here" }).click();
  await expect(question).toHaveCount(0);
  await page.goBack();
  await expect(question).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);

  await preview(page);
  await page.goBack();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page).toHaveURL(POLICY);
  await expect(unsaved(page)).toContainText("1 change");

  await page.goBack();
  await question.getByRole("button", { name: "Discard and leave" }).click();
  await expect(page).toHaveURL(TOKENS);
  await link("Token policy").click();
  await expect(unsaved(page)).toHaveCount(0);
  await choose(page, "Description", "Required");
  await link("Members").click();
  await question.getByRole("button", { name: "Discard and leave" }).click();
  await expect(page).toHaveURL("/members");
  await page.goBack();
  await expect(page).toHaveURL(POLICY);
  await expect(unsaved(page)).toHaveCount(0);
});

test("of two tabs the second keeps its input when the first has saved, and saves on top of it", async ({
  page,
  context,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  const second = await context.newPage();
  await page.goto(POLICY);
  await second.goto(POLICY);

  await second.getByRole("textbox", { name: "For each member" }).fill("3");
  await preview(second);
  await page.getByRole("textbox", { name: "For each member" }).fill("7");
  await choose(page, "Description", "Required");
  await preview(page);
  await save(page, "Save policy");

  await second.getByRole("dialog").getByRole("button", { name: "Save policy" }).click();
  await expect(second.getByText("Somebody saved another policy meanwhile")).toBeVisible();
  const theirs = second.getByRole("list", { name: "What they changed" });
  await expect(theirs.getByRole("listitem")).toHaveText([
    "Description: Optional → Required",
    "For each member: No limit → 7 tokens",
  ]);
  await expect(second.getByRole("textbox", { name: "For each member" })).toHaveValue("3");
  await expect(
    second.getByRole("radiogroup", { name: "Description" }).getByRole("radio", { name: "Required" }),
  ).toBeChecked();
  await preview(second);
  await save(second, "Save policy");
  const [row] = await withDatabase(
    (sql) => sql`select description, max_per_issuer, version from token_policies
      where organization_id = ${member.organizationId}`,
  );
  expect(row).toMatchObject({ description: "required", max_per_issuer: 3 });
});

test("a preset sets every rule and says that the words change; what cannot be is said at its field", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(POLICY);
  await page.getByRole("radio", { name: /^Single rotating/ }).click();
  await expect(page.getByRole("textbox", { name: "Longest life" })).toHaveValue("180");
  await expect(page.getByRole("region", { name: "Preset" })).toContainText("Revoke");
  await page.getByRole("textbox", { name: "Longest life" }).fill("");
  await expect(page.getByText("Say how many days a token lives.")).toBeVisible();
  await expect(unsaved(page).getByRole("button", { name: "Preview changes" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("textbox", { name: "For each member" }).fill("0");
  await expect(page.getByText("Give at least 1, or leave it empty for no limit.")).toBeVisible();
  await unsaved(page).getByRole("button", { name: "2 to mend" }).click();
  await expect(page.getByRole("textbox", { name: "Longest life" })).toBeFocused();
  await expectNoAxeViolations(page);
  await page.getByRole("textbox", { name: "For each member" }).fill("1");
  await expect(unsaved(page).getByRole("button", { name: "1 to mend" })).toBeVisible();
  await page.getByRole("textbox", { name: "Longest life" }).fill("90");
  const dialog = await preview(page);
  await expect(dialog).toContainText("“Delete” becomes “Revoke”");
  await save(page, "Save policy");
  await page.goto(TOKENS);
  await expect(page.getByRole("button", { name: "Generate API token" }).first()).toBeVisible();
});

test("tokens work from the networks of the policy and their own alone, which nobody sets unknowingly", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  const [name, own] = [uniqueName("Roaming"), uniqueName("Bound")];
  await page.goto(TOKENS);
  const caller = await api(await createToken(page, name, { role: "Viewer" }));
  await leaveSecret(page);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
  // Calls are written within about a second.
  await expect
    .poll(() =>
      withDatabase((sql) => sql`select from token_callers where organization_id = ${member.organizationId}`).then(
        (rows) => rows.length,
      ),
    )
    .toBe(1);
  const networks = page.getByRole("textbox", { name: "Allowed networks" });

  await test.step("what is wrong is said at its line, and nothing can be saved with it", async () => {
    await page.goto(POLICY);
    await networks.fill("203.0.113.7/24\n\noffice.example");
    await networks.blur();
    await expect(page.getByText("Line 1: This is an address inside a block.")).toBeVisible();
    await expect(page.getByText("Line 3: Names are not looked up.")).toBeVisible();
    await expectNoAxeViolations(page);
    await unsaved(page).getByRole("button", { name: "1 to mend" }).click();
    await expect(networks).toBeFocused();
    await networks.fill("0.0.0.0/0");
    await expect(page.getByText("0.0.0.0/0 is every IPv4 address.")).toBeVisible();
  });

  await test.step("the preview names who is refused where it is used, and the door holds to what was saved", async () => {
    await networks.fill("203.0.113.0/24");
    const dialog = await preview(page);
    await expect(dialog).toContainText("1 API token would be refused where it is used now");
    await expect(dialog.getByRole("listitem").filter({ hasText: name })).toContainText("Called from 127.0.0.1");
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    await save(page, "Save policy");
    const refused = await caller.get("/api/v1/me", { headers: { "x-forwarded-for": "203.0.113.7" } });
    expect(refused.status()).toBe(403);
    expect(await refused.json()).toMatchObject({
      code: "address_not_allowed",
      detail: "This call came from 127.0.0.1.",
    });
  });

  await test.step("one's own address is added by a button, and the token works from there again", async () => {
    await page.getByRole("button", { name: "Add my address" }).click();
    await expect(networks).toHaveValue("203.0.113.0/24\n127.0.0.1");
    await preview(page);
    await save(page, "Save policy");
    expect((await caller.get("/api/v1/me")).status()).toBe(200);
  });

  await test.step("a token is bound further when it is created, within the policy, and loosened on its page", async () => {
    await page.goto(TOKENS);
    const dialog = await openCreateDialog(page);
    await dialog.getByLabel("Name").fill(own);
    await chooseRole(dialog, "Viewer");
    await dialog.getByRole("button", { name: "Restrict where it may be used" }).click();
    const lines = dialog.getByRole("textbox", { name: "Restrict where it may be used" });
    await lines.fill("198.51.100.0/24");
    await dialog.getByRole("button", { name: "Create API token" }).click();
    await expect(dialog.getByText("Line 1: The organization’s policy does not allow this one")).toBeVisible();
    await expectNoAxeViolations(page);
    await lines.fill("203.0.113.0/28");
    await dialog.getByRole("button", { name: "Create API token" }).click();
    const secret = await revealSecret(dialog);
    await leaveSecret(page);
    const bound = await api(secret);
    expect((await bound.get("/api/v1/me")).status()).toBe(403);
    await rowOf(page, own).getByRole("link").click();
    await expect(page.getByRole("region", { name: "Details" })).toContainText("203.0.113.0/28");
    await page.getByRole("button", { name: "Edit" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Add my address" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByRole("region", { name: "History" })).toContainText("203.0.113.0/28, 127.0.0.1");
    expect((await bound.get("/api/v1/me")).status()).toBe(200);
  });
});

test("the policy is for administrators: others find no door, and behind the address whom to ask", async ({
  page,
  signIn,
}) => {
  for (const email of ["engineer@acme.example", "user@acme.example"]) {
    await signIn(page, email);
    await page.goto(POLICY);
    await expect(page.getByRole("main")).toContainText("organization:manage");
    await expect(page.getByRole("radio")).toHaveCount(0);
    await expect(page.getByRole("navigation").getByRole("link", { name: "Token policy" })).toHaveCount(0);
  }
});
