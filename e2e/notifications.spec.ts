import type { Page } from "@playwright/test";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { letDaysPass, mailsTo, setExpiry } from "./passing-days";
import { temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, rowOf, TOKENS, uniqueName } from "./token-dialogs";

const bell = (page: Page) => page.getByRole("banner").getByRole("link", { name: /^Notifications/ });
const mark = (page: Page) => page.getByRole("navigation", { name: "Main" }).getByText(/expires? within 7 days/);
const messages = (page: Page) => page.getByRole("list", { name: "Notifications" }).getByRole("listitem");
const settings = (page: Page) => page.getByRole("region", { name: "Notifications" });
const toggle = (page: Page, name: string) => settings(page).getByRole("switch", { name });

async function expectGoodForAll(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

/** A token that ends in 8 days, and its id. Ends on the page of tokens. */
async function tokenOfEightDays(page: Page, name: string): Promise<string> {
  await page.goto(TOKENS);
  const id = idOf(await createToken(page, name));
  await leaveSecret(page);
  await setExpiry(id, 8);
  return id;
}

test("a token about to expire is told at the bell, and by a mark and a notice that lead to what is not acknowledged", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Engineer" });
  await signIn(page, member.email);
  const [first, second] = [uniqueName("Nightly"), uniqueName("Weekly")];
  const id = await tokenOfEightDays(page, first);
  await page.reload();
  // What one did oneself is not counted.
  await expect(bell(page)).toHaveAccessibleName("Notifications");
  await expect(mark(page)).toHaveCount(0);

  await test.step("a day and a half later", async () => {
    await letDaysPass(id, 1.5);
    await page.reload();
    await expect(mark(page)).toHaveText("1 API token expires within 7 days");
    await expect(page.getByText(`${first} expires in 6 days`)).toBeVisible();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  });

  await test.step("the notification centre names it, and is marked and filtered", async () => {
    await bell(page).click();
    await expect(page).toHaveURL("/notifications");
    await expect(messages(page)).toHaveText([new RegExp(`${first} expires`), new RegExp(`You created ${first}`)]);
    await expect(messages(page).last()).not.toContainText("tell an administrator");
    await expectGoodForAll(page);
    await messages(page).last().getByRole("button", { name: "Mark as unread" }).click();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 2 unread");
    await messages(page).last().getByRole("button", { name: "Mark as read" }).click();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
    await page.getByRole("radio", { name: /^Unread/ }).click();
    await expect(page).toHaveURL("/notifications?show=unread");
    await expect(messages(page)).toHaveCount(1);
    await page.getByRole("button", { name: "Mark all as read" }).click();
    await expect(page.getByText("Everything is read").first()).toBeVisible();
    await expect(bell(page)).toHaveAccessibleName("Notifications");
    await page.getByRole("radio", { name: "All" }).click();
    await messages(page).first().getByRole("button", { name: "Mark as unread" }).click();
    await expect(bell(page)).toHaveAccessibleName("Notifications, 1 unread");
  });

  await test.step("its link leads to the token, and counts as reading it", async () => {
    await messages(page).first().getByRole("link", { name: first }).click();
    await expect(page).toHaveURL(`${TOKENS}/${id}`);
    await expect(bell(page)).toHaveAccessibleName("Notifications");
  });

  await test.step("acknowledged, it is neither marked nor counted", async () => {
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByRole("list", { name: "Who knows" })).toContainText("You acknowledged it");
    await expect(mark(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(mark(page)).toHaveCount(1);
    await expect(page.getByRole("list", { name: "Who knows" })).toHaveCount(0);
    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByRole("list", { name: "Who knows" })).toContainText("You acknowledged it");
    await expectGoodForAll(page);
    await page.goto(TOKENS);
    await expect(rowOf(page, first)).toBeVisible();
    await expect(page.getByText(`${first} expires in`)).toHaveCount(0);
  });

  await test.step("the notice leads to the others, without it", async () => {
    const third = uniqueName("Monthly");
    for (const name of [second, third]) await letDaysPass(await tokenOfEightDays(page, name), 1.5);
    await page.goto(TOKENS);
    await page.getByRole("link", { name: "Show the 2" }).click();
    await expect(page).toHaveURL(`${TOKENS}?expires=unacknowledged&sort=expires_at`);
    await expect(rowOf(page, second)).toBeVisible();
    await expect(rowOf(page, third)).toBeVisible();
    await expect(rowOf(page, first)).toHaveCount(0);
    await expectGoodForAll(page);
  });
});

test("a reminder is asked for in days, comes once and not before", async ({ page, signIn }) => {
  const member = await temporaryMember({ role: "Engineer" });
  await signIn(page, member.email);
  const id = await tokenOfEightDays(page, uniqueName("Remind me"));
  await letDaysPass(id, 1.5);
  await page.goto(`${TOKENS}/${id}`);

  await page.getByRole("button", { name: "Remind me…" }).click();
  const days = page.getByLabel("Days from now");
  await expect(days).toBeFocused();
  await expectNoAxeViolations(page);
  for (const [text, sentence] of [
    ["soon", "Give a number of days."],
    ["1.5", "Give a whole number of days."],
    ["7", "The API token expires before that. Choose fewer days."],
  ] as const) {
    await days.fill(text);
    await page.getByRole("button", { name: "Remind me", exact: true }).click();
    await expect(page.getByRole("alert").filter({ hasText: sentence })).toBeVisible();
  }
  await days.fill("2");
  await days.press("Enter");
  await expect(page.getByRole("list", { name: "Who knows" })).toContainText("You are reminded in 2 days");
  await expect(mark(page)).toHaveCount(0);

  await letDaysPass(id, 1);
  await page.goto("/notifications?event=token_expiring");
  await expect(messages(page)).toHaveCount(1);
  await letDaysPass(id, 1.1);
  await page.reload();
  await expect(messages(page)).toHaveText([/You asked to be reminded/, /expires/]);
  await expect(mark(page)).toHaveCount(1);
  expect(await mailsTo(member.email)).toEqual(["token_expiring", "token_expiring"]);
});

test("preferences that are off mean no mail, and what is mandatory comes all the same", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Engineer" });
  await signIn(page, member.email);
  await page.goto("/profile#notifications");
  await expect(toggle(page, "Expires soon, by email")).toBeChecked();
  await expectGoodForAll(page);

  await test.step("mandatory ones say why they cannot be switched off", async () => {
    const locked = toggle(page, "Possibly leaked, by email");
    await locked.press("Space");
    await expect(locked).toBeChecked();
    await expect(locked).toHaveAccessibleDescription(/Always on/);
    await expect(settings(page).getByRole("button", { name: "Save changes" })).toHaveAttribute("aria-disabled", "true");
  });

  await test.step("the others are switched, saved and still there after a reload", async () => {
    for (const name of ["Expires soon, by email", "Deleted, in app", "Deleted, by email"]) {
      await toggle(page, name).click();
    }
    await settings(page).getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Changes saved")).toBeVisible();
    await page.reload();
    // The page steps back from the entry that it held, and only then is left.
    await expect
      .poll(() => page.evaluate(() => (window as { navigation?: { canGoForward: boolean } }).navigation?.canGoForward))
      .toBe(true);
    await expect(toggle(page, "Expires soon, by email")).not.toBeChecked();
    await expect(toggle(page, "Expires soon, in app")).toBeChecked();
  });

  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Quiet"));
  await leaveSecret(page);
  await setExpiry(idOf(secret), 8);
  await letDaysPass(idOf(secret), 1.5);
  await page.goto("/notifications?event=token_expiring");
  await expect(messages(page)).toHaveCount(1);
  expect(await mailsTo(member.email)).toEqual([]);

  await test.step("a token that deletes itself may be in others’ hands: that is told", async () => {
    expect((await (await api(secret)).delete("/api/v1/tokens/self")).ok()).toBe(true);
    expect(await mailsTo(member.email)).toEqual(["token_deleted"]);
    await page.goto("/notifications?event=token_deleted");
    await expect(messages(page)).toHaveCount(1);
  });

  await test.step("a choice is given back to the organization", async () => {
    await page.goto("/profile#notifications");
    await settings(page)
      .getByRole("button", { name: /^Back to Temporary’s for Expires soon/ })
      .click();
    await expect(toggle(page, "Expires soon, by email")).toBeChecked();
    await settings(page).getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Changes saved")).toBeVisible();
    await expect(settings(page).getByRole("button", { name: /^Back to Temporary’s for Expires soon/ })).toHaveCount(0);
  });
});

test("an administrator sets what holds for all, and nothing is written over that somebody changed meanwhile", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email);
  await page.goto("/settings/notifications");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Notification defaults");
  await expect(settings(page)).toContainText("7 and 1 days before");
  await expect(toggle(page, "Expires soon, by email")).toBeChecked();
  await expectGoodForAll(page);
  const other = await page.context().newPage();
  await other.goto("/settings/notifications");

  // Off, and on again: what the other window shows is not what it was filled with.
  const save = settings(page).getByRole("button", { name: "Save changes" });
  for (const isOn of [false, true]) {
    await toggle(page, "Expires soon, in app").click();
    await save.click();
    await expect(save).toHaveAttribute("aria-disabled", "true");
    await expect(toggle(page, "Expires soon, in app")).toBeChecked({ checked: isOn });
    await expect(settings(page).getByText("Changed here")).toBeVisible();
  }
  await toggle(other, "Expires soon, in app").click();
  await settings(other).getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByText("This was changed meanwhile")).toBeVisible();
  await expect(toggle(other, "Expires soon, in app")).not.toBeChecked();
  // Once what stands there now has come.
  await expect(async () => {
    await settings(other).getByRole("button", { name: "Save changes" }).click();
    await expect(other.getByText("Changes saved")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await other.close();

  await page.goto("/profile#notifications");
  await expect(toggle(page, "Expires soon, in app")).not.toBeChecked();
  await page.goto("/audit-log?kind=settings");
  await expect(page.getByText("changed what members are told of").first()).toBeVisible();

  await member.change({ role: "User" });
  await page.goto("/settings/notifications");
  await expect(page.getByText("organization:manage")).toBeVisible();
  const nav = page.getByRole("navigation", { name: "Main" });
  await expect(nav.getByRole("link", { name: "Notification defaults" })).toHaveCount(0);
});

test("switches that are not saved are lost neither by a link nor by Back, in the profile as in the settings", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  const question = page.getByRole("alertdialog", { name: "Leave without saving?" });
  for (const place of ["/profile", "/settings/notifications"]) {
    await page.goto(TOKENS);
    await page.goto(place);
    await toggle(page, "Expires soon, by email").click();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Members" }).click();
    await expect(question).toContainText("Your change to");
    await question.getByRole("button", { name: "Stay here" }).click();
    await expect(question).toHaveCount(0);
    await page.goBack();
    await expect(question).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(toggle(page, "Expires soon, by email")).not.toBeChecked();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Members" }).click();
    await question.getByRole("button", { name: "Discard and leave" }).click();
    await expect(page).toHaveURL("/members");
  }
  await page.goto("/profile");
  await expect(toggle(page, "Expires soon, by email")).toBeChecked();
});
