import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { letDaysPass, mailsTo, setExpiry } from "./passing-days";
import { heardEverywhere, temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, revealSecret, TOKENS, uniqueName } from "./token-dialogs";

const secrets = (page: Page) => page.getByRole("region", { name: "Secrets" });

async function rotate(page: Page, overlap: string): Promise<string> {
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: overlap }).click();
  await dialog.getByRole("button", { name: "Make new secret" }).click();
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

test("a token that expires soon is told of, rotated in time, and its old secret ends after the overlap", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const name = uniqueName("Order sync");
  const first = await createToken(page, name);
  await leaveSecret(page);
  const id = idOf(first);
  const works = async (secret: string) => (await (await api(secret)).get("/api/v1/me")).status();
  expect(await works(first)).toBe(200);

  await test.step("eight days, of which one passes: the mark, the bell and the mail", async () => {
    await setExpiry(id, 8);
    await letDaysPass(id, 1);
    expect(await mailsTo(member.email)).toContain("token_expiring");
    await page.goto(`${TOKENS}/${id}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
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
    await expect(secrets(page)).toContainText(/Ends in 2\d hours/);
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

test("a rotation is taken back, and another takes the place of one whose secret was lost", async ({
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
  await page.getByRole("alertdialog").getByRole("button", { name: "Take it back" }).click();
  await expect(secrets(page)).toHaveCount(0);
  expect(await works(taken)).toBe(401);
  expect(await works(first)).toBe(200);

  const lost = await rotate(page, "No time");
  await withDatabase(
    (sql) => sql`update api_tokens set pending_at = pending_at - interval '1 minute' where id = ${id}`,
  );
  await page.reload();
  await page.getByRole("button", { name: "Rotate", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("A new secret waits already");
  await page.keyboard.press("Escape");
  const found = await rotate(page, "No time");
  expect(await works(lost)).toBe(401);
  expect(await works(first)).toBe(200);
  expect(await works(found)).toBe(200);
  expect(await works(first)).toBe(401);
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
  await dialog.getByRole("button", { name: "Extend", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Details" })).toContainText("in 30 days");
  expect((await (await api(secret)).get("/api/v1/me")).status()).toBe(200);
});
