import type { Page } from "@playwright/test";
import { TOKEN_WORDS } from "@/lib/tokens/token-words";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { chooseRole, createToken, openCreateDialog, revealSecret, TOKENS, uniqueName } from "./token-dialogs";

test.describe.configure({ mode: "parallel" });

/** What every page and dialog must pass: axe in light and dark, and no sideways scroll on a phone. */
async function expectGoodForAll(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("signing in, with its messages", async ({ page }) => {
  await page.goto("/sign-in");
  await expectGoodForAll(page);
  await button(page, "Sign in").click();
  await expect(page.getByLabel("Email", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expectGoodForAll(page);
});

for (const path of ["/docs", "/docs/guide", "/docs/problems", "/docs/problems/insufficient_scope"]) {
  test(`what is written for developers: ${path}`, async ({ page }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectGoodForAll(page);
  });
}

for (const [who, email, path] of [
  ["an administrator", "admin@acme.example", TOKENS],
  ["a user, who sees their own", "user@acme.example", TOKENS],
  ["a partner, in the hub", "partner@harbor.example", "/hub/api-tokens"],
] as const) {
  test(`the tokens as ${who} sees them`, async ({ page, signIn }) => {
    await signIn(page, email);
    await page.goto(path);
    await expect(page.getByRole("rowheader").first()).toBeVisible();
    await expectGoodForAll(page);
  });
}

for (const [who, email, path] of [
  ["in the console", "user@acme.example", "/settings/api-tokens/refusals"],
  ["of which nothing is kept", "user@acme.example", "/settings/api-tokens/refusals?request=nobody-made-this"],
  ["in the hub", "partner@harbor.example", "/hub/api-tokens/refusals"],
] as const) {
  test(`a refusal to be explained, ${who}`, async ({ page, signIn }) => {
    await signIn(page, email);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Explain a refused call");
    await expectGoodForAll(page);
  });
}

test("no tokens: with the way to the first, and with the reason why there is none", async ({ page, signIn }) => {
  const member = await temporaryMember({ role: "User" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  await expect(button(page, "Create your first token")).toBeVisible();
  await expectGoodForAll(page);

  await signIn(page, "user@fairground.example");
  await page.goto(TOKENS);
  await expect(page.getByText("You can’t create tokens")).toBeVisible();
  await expect(button(page, "Create new token")).toHaveCount(0);
  await expectGoodForAll(page);
});

test("filtered to nothing, and asked for what there is not", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  await page.goto(`${TOKENS}?q=no-token-has-this-name&status=gone&cursor=none`);
  await expect(page.getByText("Nothing matches").first()).toBeVisible();
  await expect(page.getByText("so it was left out.")).toBeVisible();
  await expectGoodForAll(page);
});

test("everything that opens over the table", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  // A short table: axe looks through the whole page each time, and the long one has a test of its own.
  await page.goto(`${TOKENS}?status=expired`);
  for (const name of ["Issued by", "Role", "Last used", "Columns"]) {
    await test.step(name, async () => {
      await button(page, name).click();
      await expect(page.locator("[role=dialog], [role=menu]")).toBeVisible();
      await expectNoAxeViolations(page);
      await page.keyboard.press("Escape");
      await expect(page.locator("[role=dialog], [role=menu]")).toHaveCount(0);
    });
  }
  for (const name of [/^Actions for/, /^Account of/, /^Search or run a command/]) {
    await test.step(String(name), async () => {
      await page.getByRole("button", { name }).first().click();
      await expect(page.locator("[role=dialog], [role=menu]")).toBeVisible();
      await expectGoodForAll(page);
      await page.keyboard.press("Escape");
      await expect(page.locator("[role=dialog], [role=menu]")).toHaveCount(0);
    });
  }
});

for (const [preset, like] of [
  ["role_scoped", "acme"],
  ["admin_issued", "fairground"],
  ["single_rotating", "ironvault"],
  ["personal_mirror", "harbor"],
  ["client_credentials", "meridian"],
] as const) {
  test(`creating a token under the policy ${preset}, and its secret`, async ({ page, signIn }) => {
    const { email } = await temporaryMember({ role: "Administrator", like });
    await signIn(page, email, { fresh: true });
    await page.goto(TOKENS);
    const words = TOKEN_WORDS[preset];
    const dialog = await openCreateDialog(page, words);
    // Where there is nothing to ask, the secret is there at once.
    if (preset !== "single_rotating") {
      await expectGoodForAll(page);
      const submit = dialog.getByRole("button", { name: words.submit, exact: true });
      await submit.click();
      const first = dialog.getByLabel(preset === "client_credentials" ? "Description" : "Name");
      await expect(first).toHaveAttribute("aria-invalid", "true");
      await expectGoodForAll(page);
      await first.fill(uniqueName("For all"));
      const role = dialog.getByRole("radio", { name: /^Viewer/ });
      if (await role.isVisible()) await role.click();
      await chooseRole(dialog);
      await submit.click();
    }
    await revealSecret(dialog);
    await expectGoodForAll(page);
  });
}

test("deleting what is in use and what is not, and editing", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  await page.goto(`${TOKENS}?q=Production+integration&status=active`);
  const choose = async (item: string) => {
    await page
      .getByRole("button", { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole("menuitem", { name: item }).click();
  };
  await choose("Delete…");
  await expect(page.getByLabel(/^Type .* to confirm$/)).toBeVisible();
  await expectGoodForAll(page);
  await button(page, "Keep it").click();
  await choose("Edit…");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeVisible();
  await expectGoodForAll(page);

  await page.goto(`${TOKENS}?last_used=never&status=active`);
  await choose("Delete…");
  await expect(page.getByText("No calls in the last 24 hours")).toBeVisible();
  await expectGoodForAll(page);
});

for (const status of ["active", "expired", "deleted"]) {
  test(`the page of a token that is ${status}`, async ({ page, signIn }) => {
    await signIn(page, "admin@acme.example");
    await page.goto(`${TOKENS}?status=${status}&sort=-last_used_at`);
    await page.getByRole("rowheader").first().getByRole("link").click();
    await expect(page.getByRole("region", { name: "History" }).getByRole("listitem").first()).toBeVisible();
    await expectGoodForAll(page);
  });
}

test("the profile, and signing out everywhere", async ({ page, signIn }) => {
  await signIn(page, "user@acme.example");
  await page.goto("/profile");
  await expectGoodForAll(page);
  await button(page, "Sign out everywhere").click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await expectGoodForAll(page);
});

test("the hub's profile and a partner's token, and the operator's page", async ({ page, signIn }) => {
  await signIn(page, "partner@harbor.example");
  await page.goto("/hub/profile");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectGoodForAll(page);
  await page.goto("/hub/api-tokens");
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem").first()).toBeVisible();
  await expectGoodForAll(page);
  await signIn(page, "operator@latchkey.example");
  await page.goto("/operator");
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await expectGoodForAll(page);
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByRole("region", { name: "History" })).toBeVisible();
  await page.getByRole("radio", { name: /^Starter/ }).click();
  await expectGoodForAll(page);
  await button(page, "Switch off").click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectGoodForAll(page);
});

test("the organization's settings, and the menu that leads to another organization", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  await page.goto("/settings/general");
  await page.getByRole("radio", { name: /^Bound what members see/ }).click();
  await expect(page.getByRole("status").filter({ hasText: "From everybody's next request on" })).toBeVisible();
  await expectGoodForAll(page);
  await button(page, "Acme: switch organization").click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectGoodForAll(page);
  await signIn(page, "user@acme.example");
  await page.goto("/settings/general");
  await expectGoodForAll(page);
});

test("what is not there, for a stranger and inside the console, and access that is switched off", async ({
  page,
  signIn,
  expectProblem,
}) => {
  expectProblem(/status of 404/);
  await page.goto("/no/such/page");
  await expect(page.getByText("There is nothing here")).toBeVisible();
  await expectGoodForAll(page);

  const member = await temporaryMember({ role: "User" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(`${TOKENS}/AAAAAAAAAAAA`);
  await expect(page.getByText("There is no such token here")).toBeVisible();
  await expectGoodForAll(page);

  await member.change({ status: "deactivated" });
  await page.goto("/account");
  await expect(page.getByText("is switched off")).toBeVisible();
  await expectGoodForAll(page);
});

test("on a phone the cards, the filters, the menu and the dialogs pass axe as well", async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "admin@acme.example");
  await page.goto(`${TOKENS}?status=expired`);
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await expectNoAxeViolations(page);
  for (const opener of [
    button(page, "Menu"),
    page.getByRole("button", { name: /^Filters/ }),
    button(page, "Create API token"),
    page.getByRole("button", { name: /^Actions for/ }).first(),
  ]) {
    await test.step(String(opener), async () => {
      await opener.click();
      await expect(page.locator("[role=dialog], [role=menu]")).toBeVisible();
      await expectNoAxeViolations(page);
      await page.keyboard.press("Escape");
      await expect(page.locator("[role=dialog], [role=menu]")).toHaveCount(0);
    });
  }
  await page.getByRole("rowheader").first().getByRole("link").click();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem").first()).toBeVisible();
  await expectNoAxeViolations(page);
});

test("the question before the secret is left", async ({ page, signIn }) => {
  const { email } = await temporaryMember({ role: "User" });
  await signIn(page, email, { fresh: true });
  await page.goto(TOKENS);
  await createToken(page, uniqueName("Left"));
  await page.keyboard.press("Escape");
  await expect(button(page, "Leave without it")).toBeVisible();
  await expectGoodForAll(page);
});

test("a dialog says its name, and a secret that appears is announced, not read out", async ({ page, signIn }) => {
  const member = await temporaryMember({ role: "User" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Announced"));
  const dialog = page.getByRole("dialog", { name: "Copy your token now" });
  await expect(dialog).toBeVisible();
  const spoken = await dialog.getByRole("status").allTextContents();
  expect(spoken.join(" ")).toContain("The token was created. Copy its secret now: it is shown only this once.");
  expect(spoken.join(" ")).not.toContain(secret);
});
