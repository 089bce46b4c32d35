import { readFile } from "node:fs/promises";
import type { APIRequestContext, Browser, Locator, Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, signInByForm, test } from "./fixtures";
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

const ADMIN = { email: "admin@acme.example", name: "Amara Okafor" };

/** What a receipt says in the end. */
const EVERYWHERE = /Refused everywhere after [\d.]+\ss, (\d+)\sof\s\1\sinstances?/;

const callMe = (api: APIRequestContext, authorization: string) => api.get("/api/v1/me", { headers: { authorization } });

test("a token is made, copied, used, found and deleted, and the very next call is refused", async ({ page, api }) => {
  const name = uniqueName("Nightly export");
  const caller = await api();

  await test.step("signs in with the form and comes to the tokens", async () => {
    await page.goto("/sign-in");
    await signInByForm(page, ADMIN.email);
    await expect(page).toHaveURL(TOKENS);
  });

  const secret = await test.step("creates it with a name, a description, a role and an expiry", async () => {
    const dialog = await openCreateDialog(page);
    await dialog.getByLabel("Name").fill(name);
    await dialog.getByLabel("Description").fill("Copies the orders of the day");
    await dialog.getByRole("radio", { name: /^Engineer/ }).click();
    await dialog.getByRole("radio", { name: "30 days" }).click();
    await dialog.getByRole("button", { name: "Create API token" }).click();

    await expect(dialog.getByRole("heading", { name: "Copy your token now" })).toBeVisible();
    const box = dialog.getByRole("group", { name: "Your token, hidden" });
    await expect(box).toBeFocused();
    await expect(box).not.toContainText(/[0-9A-Za-z]{43}/);
    await dialog.getByRole("button", { name: "Copy token" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(await revealSecret(dialog)).toBe(copied);

    await dialog.getByRole("button", { name: "Copy command with the whole token" }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain(`/api/v1/me \\\n  -H "Authorization: Bearer ${copied}"`);

    const downloading = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download .env" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(`${name.toLowerCase().replaceAll(" ", "-")}.env`);
    expect(await readFile(await download.path(), "utf8")).toBe(`LATCHKEY_TOKEN=${copied}\n`);

    await leaveSecret(page);
    await expect(rowOf(page, name)).toContainText("Active");
    await expect(page.locator("body")).not.toContainText(copied);
    return copied;
  });
  const id = idOf(secret);

  await test.step("calls the API with it, as Bearer and as APIKey, and is who it should be", async () => {
    for (const scheme of ["Bearer", "APIKey"]) {
      const answer = await callMe(caller, `${scheme} ${secret}`);
      expect(answer.status(), scheme).toBe(200);
      expect(await answer.json()).toMatchObject({
        id,
        name,
        organization: { slug: "acme" },
        issued_by: { name: ADMIN.name, email: ADMIN.email },
        role: { name: "Engineer" },
      });
    }
  });

  await test.step("sees in the table that it was used", async () => {
    const row = rowOf(page, name);
    // Wide enough for the column of the last days.
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(async () => {
      await page.reload();
      await expect(row.getByRole("img", { name: /^2 calls in 14 days/ })).toBeVisible({ timeout: 1000 });
    }).toPass();
    await expect(row).toContainText(/just now|seconds? ago|now/);
    await expect(async () => {
      // A page that is not awake yet does not notice the pointer; it must come again.
      await page.mouse.move(0, 0);
      await row.locator("time").first().hover();
      await expect(page.getByRole("tooltip")).toContainText(/from (127\.0\.0\.1|::1)/, { timeout: 1500 });
    }).toPass();
  });

  await test.step("finds it by its name and by its id", async () => {
    const search = page.getByRole("searchbox", { name: "Search by name or ID" });
    for (const words of [name.slice(3).toUpperCase(), id]) {
      await search.fill(words);
      await expect(page).toHaveURL(/[?&]q=/);
      await expectOnlyRow(page, name);
      await search.press("Escape");
      await expect(page).toHaveURL(TOKENS);
    }
  });

  await test.step("opens it, and sees its use by outcome and from where", async () => {
    await rowOf(page, name).getByRole("link").click();
    await expect(page).toHaveURL(`${TOKENS}/${id}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByRole("region", { name: "Calls in the last 30 days" }).first()).toContainText("2 calls");
    await expect(page.getByText("127.0.0.1").or(page.getByText("::1")).first()).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL(TOKENS);
  });

  await test.step("deletes it, having read what breaks and typed its name", async () => {
    await rowOf(page, name)
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog.getByRole("heading")).toHaveText(`Delete ${name}?`);
    await expect(dialog.getByRole("region", { name: "What breaks" })).toContainText(
      "2 calls in the last 24 hours from 1 address. The next one is refused.",
    );
    const last = dialog.getByRole("button", { name: "Delete token" });
    await dialog.getByLabel(/^Type .* to confirm$/).fill(name.slice(0, -1));
    await expect(last).toHaveAttribute("aria-disabled", "true");
    await dialog.getByLabel(/^Type .* to confirm$/).press("Enter");
    expect((await callMe(caller, `Bearer ${secret}`)).status(), "still alive").toBe(200);
    await dialog.getByLabel(/^Type .* to confirm$/).fill(name);
    await last.click();
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText(EVERYWHERE)).toBeVisible();
  });

  await test.step("the very next call is refused, and the row and the token's page tell what happened", async () => {
    const refused = await callMe(caller, `Bearer ${secret}`);
    expect(refused.status()).toBe(401);
    expect(refused.headers()["www-authenticate"]).toContain(`error="invalid_token"`);
    expect(await refused.json()).toMatchObject({ status: 401, code: "invalid_token" });

    await expect(rowOf(page, name)).toContainText("Deleted");
    await rowOf(page, name).getByRole("link").click();
    const history = page.getByRole("region", { name: "History" });
    await expect(history.getByRole("listitem")).toHaveText([
      new RegExp(`${ADMIN.name} deleted the API token`),
      new RegExp(`${ADMIN.name} created the API token.*${name}.*Engineer`, "s"),
    ]);
    await expect(page.getByText("This token is deleted")).toBeVisible();
    await expect(page.getByRole("region", { name: "Receipt" }).getByRole("status")).toHaveText(EVERYWHERE);
    await expect(page.getByRole("button", { name: "Delete" })).toHaveCount(0);
  });
});

test("a receipt names the instance that has not confirmed, follows by itself, and is on the page for good", async ({
  page,
  signIn,
}) => {
  const name = uniqueName("Asked of all");
  const host = `${name.split(" ").at(-1)}.internal`;
  await signIn(page, (await temporaryMember({ role: "User" })).email, { fresh: true });
  await page.goto(TOKENS);
  const id = idOf(await createToken(page, name));
  await leaveSecret(page);
  await withDatabase(
    (sql) => sql`
      insert into instances (id, host, position, started_at)
      values (gen_random_uuid(), ${host}, 0, now() - interval '1 minute')`,
  );
  await rowOf(page, name)
    .getByRole("button", { name: `Actions for ${name}` })
    .click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete token" }).click();
  await expect(page.getByText(/Refused by \d+\sof\s\d+\sinstances so far/)).toBeVisible();
  await expect(page.getByText(EVERYWHERE)).toHaveCount(0);
  await expect(rowOf(page, name)).toContainText("Deleted");

  await page.getByRole("button", { name: "Receipt" }).click();
  await expect(page).toHaveURL(`${TOKENS}/${id}`);
  const receipt = page.getByRole("region", { name: "Receipt" });
  await expect(receipt.getByRole("listitem").filter({ hasText: host })).toContainText("not confirmed");
  await expect(receipt.getByRole("status")).toHaveText(/^Refused by \d+\sof\s\d+\sinstances so far$/);
  await withDatabase(
    (sql) => sql`
      insert into revocation_confirmations (sequence, instance_id, at)
      select f.sequence, i.id, f.at + interval '2 seconds' from revocation_feed f, instances i
      where f.kind = 'token_deleted' and f.subject_id = ${id} and i.host = ${host}`,
  );
  await withDatabase((sql) => sql`update instances set stopped_at = now() where host = ${host}`);
  await expect(receipt.getByRole("status")).toHaveText(/^Refused everywhere after 2\.0\ss, (\d+)\sof\s\1\sinstances$/);
  await page.reload();
  await expect(receipt.getByRole("listitem").filter({ hasText: host })).toContainText("after 2.0 s");
});

test("of a token that was deleted more than a day ago, its page says that the receipt is no longer kept", async ({
  page,
  signIn,
}) => {
  await signIn(page, ADMIN.email);
  const [row] = await withDatabase(
    (sql) => sql`
      select t.id from api_tokens t join organizations o on o.id = t.organization_id
      where o.slug = 'acme' and t.deleted_at < now() - interval '2 days' limit 1`,
  );
  await page.goto(`${TOKENS}/${row?.id}`);
  await expect(page.getByText("What each instance confirmed is kept for a day after the deletion")).toBeVisible();
  await expect(page.getByRole("region", { name: "Receipt" })).toHaveCount(0);
});

test("each filter finds it, together they narrow down, the address alone gives the same view, and Back undoes", async ({
  page,
  signIn,
  context,
}) => {
  const name = uniqueName("Filter me");
  await signIn(page, ADMIN.email);
  await page.goto(TOKENS);
  await createToken(page, name, { role: "Viewer" });
  await leaveSecret(page);

  const search = page.getByRole("searchbox", { name: "Search by name or ID" });
  await search.fill("Filter me");
  await expect(page).toHaveURL(`${TOKENS}?q=Filter+me`);

  const addresses = [page.url()];
  for (const [filter, choice, other] of [
    ["Issued by", ADMIN.name, null],
    ["Role", "Viewer", "Engineer"],
    ["Status", "Active", "Expired"],
    ["Last used", "Never", "In the last 24 hours"],
  ] as const) {
    await test.step(`by ${filter}`, async () => {
      if (other) {
        await choose(page, filter, other);
        await expect(rowOf(page, name)).toHaveCount(0);
        await page.goBack();
        await expect(page).toHaveURL(addresses.at(-1) ?? "");
      }
      await choose(page, filter, choice);
      await expect(page).not.toHaveURL(addresses.at(-1) ?? "");
      await expect(rowOf(page, name)).toBeVisible();
      addresses.push(page.url());
    });
  }
  expect(addresses.at(-1)).toMatch(/q=.*issued_by=.*role=.*status=active.*last_used=never/);

  const pasted = await context.newPage();
  await pasted.goto(addresses.at(-1) ?? "");
  await expect(rowOf(pasted, name)).toBeVisible();
  await expect(pasted.getByRole("searchbox", { name: "Search by name or ID" })).toHaveValue("Filter me");
  await expect(pasted.getByRole("button", { name: /^Status\W+Active$/ })).toBeVisible();
  await expect(pasted.getByRole("button", { name: /^Last used\W+Never$/ })).toBeVisible();
  expect(await shownNames(pasted)).toEqual(await shownNames(page));
  await pasted.close();

  for (const address of addresses.slice(0, -1).reverse()) {
    await page.goBack();
    await expect(page).toHaveURL(address);
  }
  await expect(page.getByRole("button", { name: "Status", exact: true })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(TOKENS);
  await expect(search).toHaveValue("");
});

test("the table sorts by its headers, in the address too", async ({ page, signIn }) => {
  await signIn(page, ADMIN.email);
  await page.goto(TOKENS);
  await page.getByRole("columnheader", { name: "Name" }).getByRole("link").click();
  await expect(page).toHaveURL(`${TOKENS}?sort=name`);
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  const ascending = await shownNames(page);
  expect(ascending).toEqual([...ascending].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));
});

test("where the clipboard is refused, what would be copied is shown and selected, and copying by hand counts", async ({
  page,
  signIn,
  browser,
  baseURL,
}) => {
  await signIn(page, (await temporaryMember({ role: "User" })).email, { fresh: true });
  await page.goto(TOKENS);
  await refuseClipboard(browser, page, baseURL ?? "");
  const name = uniqueName("By hand");
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await dialog.getByRole("button", { name: "Copy token" }).click();
  await expect(dialog.getByText("The token is selected: copy it with Ctrl+C")).toBeVisible();
  const box = dialog.getByRole("group", { name: "Your token" });
  expect(await selectedText(page)).toBe(await box.locator("code").textContent());

  await dialog.getByRole("button", { name: "Copy command with the whole token" }).click();
  await expect(dialog.getByText("The command is selected: copy it with Ctrl+C")).toBeVisible();
  expect(await selectedText(page)).toContain(`Bearer ${await box.locator("code").textContent()}`);
  await leaveSecret(page);
  await expect(rowOf(page, name)).toBeVisible();
});

test("a token that was never used is deleted without typing, and Keep it keeps it", async ({ page, signIn }) => {
  const name = uniqueName("Never used");
  await signIn(page, (await temporaryMember({ role: "User" })).email, { fresh: true });
  await page.goto(TOKENS);
  await createToken(page, name);
  await leaveSecret(page);
  const dialog = page.getByRole("alertdialog");
  const ask = async () => {
    await rowOf(page, name)
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await expect(dialog).toContainText("No calls in the last 24 hours, nor in the last 30 days.");
    await expect(dialog.getByRole("textbox")).toHaveCount(0);
  };
  await ask();
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(rowOf(page, name)).toContainText("Active");
  await ask();
  await dialog.getByRole("button", { name: "Delete token" }).click();
  await expect(rowOf(page, name)).toContainText("Deleted");
});

test("a changed name and description are shown at once and stand in the history", async ({ page, signIn }) => {
  const name = uniqueName("Before");
  const changed = uniqueName("After");
  await signIn(page, (await temporaryMember({ role: "User" })).email, { fresh: true });
  await page.goto(TOKENS);
  await createToken(page, name);
  await leaveSecret(page);
  await rowOf(page, name).getByRole("link").click();
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(changed);
  await dialog.getByLabel("Description").fill("Said later");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1, name: changed })).toBeVisible();
  const latest = page.getByRole("region", { name: "History" }).getByRole("listitem").first();
  await expect(latest).toContainText("changed the API token");
  await expect(latest).toContainText(name);
  await expect(latest).toContainText("Said later");
});

test("an administrator sees everybody's tokens, a user their own and nobody else's, not even by address", async ({
  page,
  signIn,
  expectProblem,
}) => {
  expectProblem(/status of 404/);
  await signIn(page, ADMIN.email);
  await page.goto(`${TOKENS}?q=Production+integration`);
  const foreign = await rowOf(page, "Production integration").first().getByRole("link").getAttribute("href");

  await signIn(page, "user@acme.example");
  await page.goto(TOKENS);
  await expect(page.getByRole("columnheader", { name: "Issued by" })).toHaveCount(0);
  await expect(rowOf(page, "CDN cache purge").first()).toBeVisible();
  await expect(rowOf(page, "Production integration")).toHaveCount(0);
  await page.goto(foreign ?? "");
  await expect(page.getByText("There is no such token here")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Production integration");
});

async function choose(page: Page, filter: string, choice: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`^${filter}`) }).click();
  const popover = page.getByRole("dialog", { name: filter });
  await popover.getByRole("checkbox", { name: choice }).click();
  await expect(popover.getByRole("checkbox", { name: choice })).toBeChecked();
  await page.keyboard.press("Escape");
  await expect(popover).toHaveCount(0);
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

const bodyRows = (page: Page): Locator => page.getByRole("rowheader");

async function expectOnlyRow(page: Page, name: string): Promise<void> {
  await expect(bodyRows(page)).toHaveCount(1);
  await expect(bodyRows(page)).toContainText(name);
}

const shownNames = (page: Page) => bodyRows(page).getByRole("link").allTextContents();

const selectedText = (page: Page) => page.evaluate(() => window.getSelection()?.toString());

async function refuseClipboard(browser: Browser, page: Page, origin: string): Promise<void> {
  const ofPage = await page.context().newCDPSession(page);
  const { targetInfo } = await ofPage.send("Target.getTargetInfo");
  const ofBrowser = await browser.newBrowserCDPSession();
  await ofBrowser.send("Browser.setPermission", {
    permission: { name: "clipboard-write" },
    setting: "denied",
    origin,
    browserContextId: targetInfo.browserContextId,
  });
}
