import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, signInByForm, test } from "./fixtures";
import { MAILBOX, messages, OPERATOR, openNewestMail, sendMailNow } from "./mailbox";
import { letDaysPass, setExpiry } from "./passing-days";
import { type TemporaryMember, temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, TOKENS, uniqueName } from "./token-dialogs";

const job = (page: Page, name: string) => page.getByRole("listitem", { name, exact: true });

async function expectGoodForAll(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Messages to a member, as they stand in the outbox after such a fate. */
const addMessage = (
  { organizationId, email }: TemporaryMember,
  fate: { state: string; attempts: number; failure: string | null; subject: string },
) =>
  withDatabase(async (sql) => {
    const content = {
      kind: "token_created",
      organization: { name: "Temporary", preset: "role_scoped" },
      portal: "console",
      token: { id: "000000000000", name: fate.subject, masked: "lk_pat_0000…", expiresAt: null },
      by: null,
      issuedFor: null,
      at: new Date().toISOString(),
    };
    const rendered = { subject: fate.subject, html: "<p>for its reader alone</p>", text: "", headers: {} };
    await sql`
      insert into outbox (organization_id, id, member_id, to_name, to_address, content, rendered, state, attempts,
        next_attempt_at, failure, created_at, settled_at)
      select ${organizationId}, ${`01ff${randomUUID().slice(4)}`}, id, 'Temporary', ${email}, ${sql.json(content)},
        ${sql.json(rendered)}, ${fate.state}, ${fate.attempts}, now() + interval '1 hour', ${fate.failure}, now(),
        ${fate.state === "waiting" ? null : new Date()}
      from members where organization_id = ${organizationId}`;
  });

test("a message is read in the mailbox as HTML, text and headers, holds no secret, and its link leads to the token", async ({
  page,
  browser,
  baseURL,
  signIn,
}) => {
  const member = await temporaryMember({ role: "Engineer" });
  await signIn(page, member.email);
  await page.goto(TOKENS);
  const name = uniqueName("Told of");
  const secret = await createToken(page, name);
  const id = idOf(secret);
  await leaveSecret(page);
  await setExpiry(id, 8);
  await letDaysPass(id, 1.5);

  const desk = await browser.newContext({ baseURL: baseURL ?? "" });
  const operator = await desk.newPage();
  await signIn(operator, OPERATOR);
  await sendMailNow(operator);

  // Nobody is signed in.
  await desk.clearCookies();
  const frame = await openNewestMail(operator, member.email);
  await expect(messages(operator)).toHaveCount(1);
  await expect(operator.getByRole("heading", { level: 2 })).toContainText(name);
  await expect(frame.getByRole("heading", { level: 1 })).toHaveText(new RegExp(`^“${name}” expires in [67] days$`));
  await expect(frame.getByText(name, { exact: true })).toBeVisible();
  expect(await operator.locator("iframe").getAttribute("sandbox")).not.toContain("allow-scripts");
  await expectGoodForAll(operator);

  await operator.getByRole("button", { name: "Plain text" }).click();
  await expect(operator.locator("pre")).toContainText(/” EXPIRES IN [67] DAYS/);
  await operator.getByRole("button", { name: "Headers" }).click();
  const headers = operator.getByRole("article");
  await expect(headers).toContainText(/<[0-9a-f-]{36}@localhost>/);
  await expect(headers.getByRole("link")).toHaveAttribute("href", /\/in\/[0-9a-f-]{36}\/profile#notifications$/);
  expect(await operator.content()).not.toContain(secret);

  await operator.getByRole("button", { name: "Message", exact: true }).click();
  const opened = desk.waitForEvent("page");
  await frame.getByRole("link", { name: "Open the API token" }).click();
  const tab = await opened;
  await signInByForm(tab, member.email);
  await expect(tab).toHaveURL(`${TOKENS}/${id}`);
  await expect(tab.getByRole("heading", { level: 1 })).toContainText(name);

  const nowhere = await operator.request.get(`${MAILBOX}/${randomUUID()}`);
  expect(nowhere.status()).toBe(404);
  await desk.close();
});

test("the operator sees what each job did and who runs it, and is asked before one is run that deletes", async ({
  page,
  signIn,
}) => {
  await signIn(page, OPERATOR);
  await page.goto("/operator");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Workers" }).getByRole("listitem")).toHaveCount(1);
  await expect(job(page, "expire-tokens")).toContainText("every minute");
  await expectGoodForAll(page);

  const runs = () =>
    withDatabase((sql) => sql<{ runs: number }[]>`select runs::int from job_runs where name = 'clear-old'`).then(
      ([row]) => row?.runs ?? 0,
    );
  const before = await runs();
  await page.getByRole("button", { name: "Run now clear-old" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("goes for good");
  await expectNoAxeViolations(page);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toHaveCount(0);
  expect(await runs()).toBe(before);

  await page.getByRole("button", { name: "Run now clear-old" }).click();
  await question.getByRole("button", { name: "Run now" }).click();
  await expect(page.getByText("clear-old ran")).toBeVisible({ timeout: 40_000 });
  expect(await runs()).toBeGreaterThan(before);
  await expect(job(page, "clear-old")).toContainText("On time");
});

test("the operator finds what could not be sent and why, and sends it again as the same message", async ({
  page,
  signIn,
}) => {
  const member = await temporaryMember({ role: "User" });
  const subject = uniqueName("Never arrived");
  await addMessage(member, { state: "dead", attempts: 12, failure: "smtp_550", subject });
  await addMessage(member, { state: "waiting", attempts: 3, failure: "smtp_451", subject: "Is tried again" });
  await addMessage(member, { state: "dropped", attempts: 0, failure: null, subject: "Is over" });
  await signIn(page, OPERATOR);
  await page.goto("/operator/outbox");
  await page.getByRole("searchbox").fill(member.email);
  await expect(messages(page)).toHaveCount(3);
  await expect(page.getByRole("main")).toContainText("The mail server asked to try later (451).");
  await expectGoodForAll(page);

  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("dialog").getByText("Given up").click();
  await page.keyboard.press("Escape");
  await expect(messages(page)).toHaveCount(1);
  const dead = messages(page).filter({ hasText: subject });
  await expect(dead).toContainText("The mail server refused it for good (550).");
  await expect(dead).toContainText("12 attempts");
  expect(await page.content()).not.toContain("for its reader alone");

  await page.getByRole("button", { name: /^Send all [\d,]+ again/ }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await expect(dead).toBeVisible();

  const [was] = await withDatabase(
    (sql) => sql`select id from outbox where to_address = ${member.email} and state = 'dead'`,
  );
  await dead.getByRole("button", { name: /^Send again/ }).click();
  await expect(page.getByText(`It is sent again to ${member.email}`)).toBeVisible();
  await sendMailNow(page);
  await page.goto(`/operator/outbox?state=sent&q=${encodeURIComponent(member.email)}`);
  await expect(messages(page)).toHaveCount(1);
  const kept = await withDatabase((sql) => sql`select to_address from local_mailbox where id = ${was?.id}`);
  expect(kept).toHaveLength(1);
});

test("pages of the operator are nobody else's", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  for (const path of ["/operator/jobs", "/operator/outbox"]) {
    await page.goto(path);
    await expect(page).toHaveURL(TOKENS);
  }
});
