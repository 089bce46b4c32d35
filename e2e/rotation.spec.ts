import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { OPERATOR, openNewestMail, sendMailNow } from "./mailbox";
import { letDaysPass, setExpiry } from "./passing-days";
import { heardEverywhere, temporaryMember } from "./temporary-member";
import {
  chooseRole,
  createToken,
  idOf,
  leaveSecret,
  openCreateDialog,
  revealSecret,
  TOKENS,
  uniqueName,
} from "./token-dialogs";

const secrets = (page: Page) => page.getByRole("region", { name: "Secrets" });

async function rotate(page: Page, overlap: string): Promise<string> {
  // Where it expires soon, the notice offers it too.
  const dialog = page.getByRole("dialog");
  // In a tab that has just opened, the page is there before it answers.
  await expect(async () => {
    const open = page.getByRole("button", { name: "Rotate", exact: true }).first();
    if (!(await dialog.isVisible())) await open.click({ timeout: 1000 });
    await expect(dialog).toBeVisible({ timeout: 1000 });
  }).toPass();
  await dialog.getByRole("radio", { name: overlap }).click();
  await dialog.getByRole("button", { name: "Make new secret" }).click();
  await expect(dialog.getByText("This is a first use")).toContainText(
    overlap === "No time"
      ? "the old secret is refused everywhere"
      : `the old secret works for ${overlap.replace(" ", " more ")}`,
  );
  const secret = await revealSecret(dialog);
  await leaveSecret(page);
  return secret;
}

/** As if the rotation had been some days ago: what it began ends so much sooner. */
const letOverlapPass = (id: string, organizationId: string, days: number) =>
  withDatabase(async (sql) => {
    await sql`
      update api_tokens set previous_ends_at = previous_ends_at - ${days} * interval '24 hours',
        rotated_at = rotated_at - ${days} * interval '24 hours' where id = ${id}`;
    await heardEverywhere(sql, organizationId);
  });

/** Creates a token in the dialog whose last day is the eighth from today, and reads its secret. */
async function createForEightDays(page: Page, name: string): Promise<string> {
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);
  await dialog.getByRole("radio", { name: "Date" }).click();
  const lastDay = new Date(Date.now() + 8 * 86_400_000).toLocaleDateString("sv", { timeZone: "Europe/Berlin" });
  await dialog.getByLabel("Last day on which the token works").fill(lastDay);
  await dialog.getByRole("button", { name: "Create API token" }).click();
  return revealSecret(dialog);
}

test("a token that expires soon is told of by mark, bell and mail, rotated in time, and its old secret ends after the overlap", async ({
  page,
  browser,
  baseURL,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const name = uniqueName("Order sync");
  const first = await createForEightDays(page, name);
  await leaveSecret(page);
  const id = idOf(first);
  const works = async (secret: string) => (await (await api(secret)).get("/api/v1/me")).status();
  expect(await works(first)).toBe(200);

  await test.step("two days pass: the mark and the bell", async () => {
    await letDaysPass(id, 2);
    await page.reload();
    await expect(page.getByRole("navigation", { name: "Main" })).toContainText("1 API token expires within 7 days");
    await page
      .getByRole("banner")
      .getByRole("link", { name: /^Notifications, \d unread/ })
      .click();
    await expect(page.getByRole("list", { name: "Notifications" })).toContainText(`${name} expires`);
  });

  page = await test.step("the mail: in the mailbox, without the secret, and its link leads to the token", async () => {
    const desk = await browser.newContext({ baseURL: baseURL ?? "" });
    const operator = await desk.newPage();
    await signIn(operator, OPERATOR);
    await sendMailNow(operator);
    await desk.close();
    const mail = await openNewestMail(page, member.email);
    await expect(mail.getByRole("heading", { level: 1 })).toHaveText(new RegExp(`^“${name}” expires in [67] days$`));
    await expect(mail.locator("body")).toContainText(name);
    await expect(mail.locator("body")).not.toContainText(first.slice(-20));
    const opened = page.context().waitForEvent("page");
    await mail.getByRole("link", { name: "Open the API token" }).click();
    const tab = await opened;
    await expect(tab).toHaveURL(`${TOKENS}/${id}`);
    await expect(tab.getByRole("heading", { level: 1 })).toContainText(name);
    return tab;
  });

  const second = await test.step("rotated: the new secret waits and the old one goes on", async () => {
    const made = await rotate(page, "1 day");
    expect(idOf(made)).toBe(id);
    await expect(secrets(page)).toContainText("Waits for its first use");
    await expectNoAxeViolations(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page);
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await works(first)).toBe(200);
    await page.reload();
    await expect(page.locator("body"), "shown once").not.toContainText(made.slice(20));
    return made;
  });

  await test.step("used: it is the current one, and both work while the overlap lasts", async () => {
    expect(await works(second)).toBe(200);
    expect(await works(first)).toBe(200);
    await page.reload();
    await expect(secrets(page)).toContainText(`…${second.slice(-4)}`);
    await expect(secrets(page)).toContainText("Ends in 1 day");
    await expect(secrets(page)).not.toContainText("Waits");
  });

  await test.step("the overlap passes: the old one is refused, and the new one is not", async () => {
    await letOverlapPass(id, member.organizationId, 1);
    expect(await works(first)).toBe(401);
    expect(await works(second)).toBe(200);
    await page.reload();
    await expect(secrets(page)).toContainText("In use");
    await expect(secrets(page)).not.toContainText("Ends");
  });
});

test("a rotation is cancelled, and another takes the place of one whose secret was lost", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const first = await createToken(page, uniqueName("Lost"));
  await leaveSecret(page);
  const id = idOf(first);
  const works = async (secret: string) => (await (await api(secret)).get("/api/v1/me")).status();
  await page.goto(`${TOKENS}/${id}`);
  const taken = await rotate(page, "No time");
  await secrets(page).getByRole("button", { name: "Cancel rotation" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel rotation" }).click();
  // What lies behind the question is hidden from everybody as long as it stands.
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(secrets(page)).toHaveCount(0);
  expect(await works(taken)).toBe(401);
  expect(await works(first)).toBe(200);

  const lost = await rotate(page, "No time");
  await withDatabase(
    (sql) => sql`update api_tokens set pending_at = pending_at - interval '1 minute' where id = ${id}`,
  );
  await page.reload();
  await page.getByRole("button", { name: "Rotate", exact: true }).first().click();
  await expect(page.getByRole("dialog")).toContainText("A new secret waits already");
  await page.keyboard.press("Escape");
  const found = await rotate(page, "No time");
  expect(await works(lost)).toBe(401);
  expect(await works(first)).toBe(200);
  expect(await works(found)).toBe(200);
  expect(await works(first)).toBe(401);

  await test.step("the old secret asks for another: the token ends, and its page says why", async () => {
    const asked = await (await api(first)).post("/api/v1/tokens/self/rotate", { data: { overlap_days: 0 } });
    expect(asked.status()).toBe(401);
    expect(await works(found)).toBe(401);
    await page.goto(`${TOKENS}/${id}`);
    await expect(page.getByText("because somebody asked for a new secret with one that had ended")).toHaveCount(2);
  });
});

test("an expiry is extended within the policy, and the secret stays", async ({ page, signIn, api }) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Longer"));
  await leaveSecret(page);
  await setExpiry(idOf(secret), 3);
  await page.goto(`${TOKENS}/${idOf(secret)}`);
  await page.getByRole("button", { name: "Extend expiry" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "30 days" }).click();
  await expect(dialog).toContainText(/Then expires \d+ \w+ \d+, \d\d:\d\d .*27 days later than now/);
  await dialog.getByRole("button", { name: "Extend", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Details" })).toContainText("in 30 days");
  expect((await (await api(secret)).get("/api/v1/me")).status()).toBe(200);

  await page.getByRole("button", { name: "Extend expiry" }).click();
  await expect(dialog.getByRole("radio", { name: "7 days" }), "earlier than it has").toHaveCount(0);
  await expect(dialog.getByRole("radio", { name: "30 days" }), "no later than it has").toHaveCount(0);
  await expect(dialog.getByRole("radio", { name: "90 days" })).toBeChecked();
});
