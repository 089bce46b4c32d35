import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, rowOf, TOKENS, uniqueName } from "./token-dialogs";

const palette = (page: Page) => page.getByRole("combobox", { name: "Search or run a command" });

test("an open table and an open token show a call that was made meanwhile, without a reload", async ({
  page,
  api,
  signIn,
}) => {
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email);
  await page.goto(TOKENS);
  const name = uniqueName("Called meanwhile");
  const secret = await createToken(page, name);
  await leaveSecret(page);
  await expect(rowOf(page, name)).toContainText("never");
  const call = async () =>
    (await (await api()).get("/api/v1/me", { headers: { authorization: `Bearer ${secret}` } })).status();

  expect(await call()).toBe(200);
  await expect(rowOf(page, name)).toContainText(/ago|now/, { timeout: 40_000 });

  await rowOf(page, name).getByRole("link", { name }).click();
  const callers = page.getByRole("region", { name: "Last callers" });
  await expect(callers).toContainText("1 call in all");
  expect(await call()).toBe(200);
  // Somebody comes back from the terminal.
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("focus")));
    await expect(callers).toContainText("2 calls in all", { timeout: 1000 });
  }).toPass();
});

test("offline, the table stays and goes on by itself once there is a connection again", async ({
  page,
  signIn,
  expectProblem,
}) => {
  expectProblem(/ERR_INTERNET_DISCONNECTED/);
  await signIn(page, "admin@acme.example");
  await page.goto(TOKENS);
  const table = page.getByRole("table", { name: "API tokens" });
  await expect(table).toBeVisible();
  await page.context().setOffline(true);
  await page.getByRole("searchbox", { name: "Search by name or ID" }).fill("graf");
  await expect(page.getByText("You are offline")).toBeVisible();
  await expect(table).toBeVisible();
  await page.context().setOffline(false);
  await expect(page).toHaveURL(/q=graf/);
  await expect(page.getByText("You are offline")).toHaveCount(0);
  await expect(table).toBeVisible();
});

test("the search of the bar finds a token by name and by a pasted one, of which only the id leaves the browser", async ({
  page,
  signIn,
}) => {
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email);
  await page.goto(TOKENS);
  const name = uniqueName("Sought from the bar");
  const secret = await createToken(page, name);
  await leaveSecret(page);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));

  await page.keyboard.press("Control+k");
  await palette(page).fill(name.slice(0, 12).toUpperCase());
  await expect(page.getByRole("option", { name: new RegExp(name) })).toBeVisible();
  await palette(page).fill(secret);
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect.poll(() => sent.some((request) => request.includes(idOf(secret)))).toBe(true);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page).toHaveURL(`${TOKENS}/${idOf(secret)}`);

  const rest = secret.split("_").at(-1) ?? "";
  await page.keyboard.press("Control+k");
  await palette(page).fill(rest);
  await expect(page.getByText("Nothing by that name.")).toBeVisible();
  expect(sent.filter((request) => request.includes(rest))).toEqual([]);
});

test("the keyboard goes on at the heading of the page that it came to, and stays where only a filter changed", async ({
  page,
  signIn,
}) => {
  await signIn(page, "admin@acme.example");
  await page.goto(TOKENS);
  const link = page.getByRole("table", { name: "API tokens" }).getByRole("rowheader").first().getByRole("link");
  const name = (await link.innerText()).trim();
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();

  await page.goto(TOKENS);
  const sort = page.getByRole("columnheader", { name: "Last used" }).getByRole("link");
  await sort.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=/);
  await expect(sort).toBeFocused();
});

test("the columns menu ticks what is to be seen, and brings back what had no room", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  await page.goto(TOKENS);
  const header = (name: string) => page.getByRole("columnheader", { name, exact: true });
  await expect(header("Token")).toBeVisible();
  await expect(header("14 days")).toBeHidden();
  await page.getByRole("button", { name: "Columns" }).click();
  const days = page.getByRole("menuitemcheckbox", { name: /^14 days/ });
  await expect(days).toContainText("No room at this width");
  await expect(days).not.toBeChecked();
  await expect(page.getByRole("menuitemcheckbox", { name: "Token" })).toBeChecked();
  await days.click();
  await expect(days).toBeChecked();
  await expect(header("14 days")).toBeVisible();
});
