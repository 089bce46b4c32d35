import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, signInByForm, test } from "./fixtures";
import { type TemporaryMember, temporaryMember } from "./temporary-member";
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

/** A member of this test alone, signed in and looking at an empty table. */
async function atOwnTokens(
  page: Page,
  signIn: (page: Page, email: string, options: { fresh: true }) => Promise<void>,
): Promise<TemporaryMember> {
  const member = await temporaryMember({ role: "User" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  return member;
}

const tokensNamed = (name: string) =>
  withDatabase((sql) => sql<{ id: string }[]>`select id from api_tokens where name = ${name}`);

test("what is wrong with a field is said beside it, nothing is sent, and the first wrong field has the focus", async ({
  page,
  signIn,
}) => {
  await atOwnTokens(page, signIn);
  const dialog = await openCreateDialog(page);
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  const name = dialog.getByLabel("Name");
  const description = dialog.getByLabel("Description");
  const date = dialog.getByLabel("Last day on which the token works");
  const send = () => dialog.getByRole("button", { name: "Create API token" }).click();

  for (const [value, message] of [
    ["", "Enter a name."],
    ["   ", "Enter a name."],
    ["n".repeat(201), "Keep a name to 200 characters."],
    ["before\0after", "Take out the invisible character U+0000 at place 7."],
    ["turned \u202eover", "Take out the invisible character U+202E at place 8."],
    ["half \ud83d", "This holds a broken character."],
  ] as const) {
    await test.step(`name ${JSON.stringify(value.slice(0, 20))}`, async () => {
      await type(page, "Name", value);
      await send();
      await expect(name).toHaveAccessibleDescription(new RegExp(message.replace("+", "\\+")));
      await expect(name).toHaveAttribute("aria-invalid", "true");
      await expect(name).toBeFocused();
    });
  }
  await expectNoAxeViolations(page);

  await name.fill("Fine");
  await send();
  const roles = dialog.getByRole("group", { name: /^Role/ });
  await expect(roles).toHaveAccessibleDescription("Choose a role for the token.");
  await expect(roles.getByRole("radio").first()).toBeFocused();
  await chooseRole(dialog);
  await description.fill("d".repeat(501));
  await send();
  await expect(description).toHaveAccessibleDescription(/Keep the description to 500 characters\..*501 \/ 500/);
  await expect(description).toBeFocused();
  await description.fill("");

  await dialog.getByRole("radio", { name: "Date" }).click();
  for (const [value, message] of [
    ["", "Choose a date\\."],
    ["someday", "Write it as YYYY-MM-DD\\."],
    ["31.12.2099", "Write it as YYYY-MM-DD\\."],
    ["2099-12-31T12:00:00Z", "Write it as YYYY-MM-DD\\."],
    ["2099-02-30", "There is no 30 February\\."],
    ["2020-01-31", "Choose a day in the future\\."],
  ] as const) {
    await test.step(`expiry ${JSON.stringify(value)}`, async () => {
      await date.fill(value);
      await send();
      await expect(date).toHaveAccessibleDescription(new RegExp(message));
      await expect(date).toBeFocused();
      await expect(dialog.getByRole("alert")).toBeInViewport({ ratio: 1 });
      await expect(dialog.getByText(/^Expires /)).toHaveCount(0);
    });
  }
  expect(posts).toEqual([]);
  await expect(name).toHaveValue("Fine");
});

test("a name in use is refused beside the field by the server, and what was entered stays", async ({
  page,
  signIn,
}) => {
  await atOwnTokens(page, signIn);
  const name = uniqueName("Twice");
  await createToken(page, name);
  await leaveSecret(page);
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);
  await dialog.getByLabel("Description").fill("The second");
  await dialog.getByRole("button", { name: "Create API token" }).click();
  const field = dialog.getByLabel("Name");
  await expect(field).toHaveAccessibleDescription(/You already have an active API token with this name\./);
  await expect(field).toHaveValue(name);
  await expect(dialog.getByLabel("Description")).toHaveValue("The second");
  expect(await tokensNamed(name)).toHaveLength(1);
});

const NAMES = {
  "200 emoji": "🔑".repeat(200),
  "right to left": "مفتاح التصدير الليلي ".repeat(9).trim(),
  "Chinese, Japanese and Korean in one line": "夜間エクスポート用の鍵야간내보내기열쇠夜间导出密钥".repeat(4),
  markup: `<img src=x onerror="window.broken = 1"><script>window.broken = 1</script>&lt;b&gt;"'\`\${1}`,
  "a path and a header": `../../etc/passwd%0d%0aSet-Cookie: a=b; filename="x".html`,
  "letters on letters": `Z${"\u0323\u0307".repeat(60)}algo`,
};

test("any name is shown as it is, breaks no layout, no title and no file name, and runs nothing", async ({
  page,
  signIn,
}) => {
  test.setTimeout(180_000);
  await atOwnTokens(page, signIn);
  for (const [kind, text] of Object.entries(NAMES)) {
    await test.step(kind, async () => {
      const name = text.normalize("NFC");
      await page.goto(TOKENS);
      const secret = await createToken(page, text);
      const dialog = page.getByRole("dialog");
      await expect(dialog.getByText(name, { exact: true })).toBeVisible();
      const downloading = page.waitForEvent("download");
      await dialog.getByRole("button", { name: "Download .env" }).click();
      expect((await downloading).suggestedFilename()).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.env$/);
      await expectNoSidewaysScroll(page);
      await leaveSecret(page);

      const link = page.getByRole("rowheader").getByRole("link", { name, exact: true });
      await expect(link).toBeVisible();
      await expectNoSidewaysScroll(page);
      await link.click();
      await expect(page).toHaveURL(`${TOKENS}/${idOf(secret)}`);
      const heading = page.getByRole("heading", { level: 1 });
      await expect(heading).toHaveText(name);
      await expect(page).toHaveTitle(/ · API tokens · Latchkey$/);
      const title = await page.title();
      expect(name.startsWith(title.replace(/[\u2068\u2069]/g, "").replace(/…? · API tokens · Latchkey$/, ""))).toBe(
        true,
      );
      await expectNoSidewaysScroll(page);
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await expect(page.getByRole("alertdialog").getByRole("heading")).toHaveText(`Delete ${name}?`);
      await expectNoSidewaysScroll(page);
      await page.getByRole("alertdialog").getByRole("button", { name: "Keep it" }).click();
      expect(await page.evaluate(() => "broken" in window)).toBe(false);
    });
  }
  await page.goto(TOKENS);
  await expect(page.getByRole("rowheader")).toHaveCount(Object.keys(NAMES).length);
  await expectNoAxeViolations(page);
});

test("a double click and Enter held down make one token", async ({ page, signIn }) => {
  await atOwnTokens(page, signIn);
  for (const [how, send] of [
    ["double click", () => page.getByRole("dialog").getByRole("button", { name: "Create API token" }).dblclick()],
    [
      "Enter",
      async () => {
        const field = page.getByRole("dialog").getByLabel("Name");
        await field.focus();
        for (let press = 0; press < 5; press += 1) await page.keyboard.down("Enter");
        await page.keyboard.up("Enter");
      },
    ],
  ] as const) {
    await test.step(how, async () => {
      const name = uniqueName("Only once");
      const dialog = await openCreateDialog(page);
      await dialog.getByLabel("Name").fill(name);
      await chooseRole(dialog);
      await send();
      await revealSecret(dialog);
      expect(await tokensNamed(name)).toHaveLength(1);
      await leaveSecret(page);
      await expect(rowOf(page, name)).toHaveCount(1);
    });
  }
});

test("a role above one's own cannot be chosen, and a creation replayed with it is refused and makes nothing", async ({
  page,
  context,
  signIn,
}) => {
  const member = await atOwnTokens(page, signIn);
  const dialog = await openCreateDialog(page);
  const above = dialog.getByRole("radio", { name: /^Administrator/ });
  await expect(above).toBeDisabled();
  await expect(above).toHaveAccessibleName(/Allows more than you may do yourself/);

  const name = uniqueName("Mine");
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);
  const sending = page.waitForRequest((request) => request.method() === "POST");
  await dialog.getByRole("button", { name: "Create API token" }).click();
  const request = await sending;
  await revealSecret(dialog);

  const body = request.postData() ?? "";
  const sent = JSON.parse(body)[0] as { role_id: string };
  const [roles] = await withDatabase(
    (sql) => sql<{ own: string; foreign: string }[]>`
      select max(r.id::text) filter (where u.email = ${member.email}) as own,
             max(r.id::text) filter (where u.email = 'admin@harbor.example') as foreign
      from roles r join members m on m.organization_id = r.organization_id join users u on u.id = m.user_id
      where r.built_in = 'administrator'`,
  );
  const headers = await request.allHeaders();
  const replay = async (change: (text: string) => string) => {
    const kept = Object.entries(headers).filter(([header]) => !/^(:|host$|content-length$|cookie$)/.test(header));
    return (
      await context.request.post(request.url(), { headers: Object.fromEntries(kept), data: change(body) })
    ).text();
  };
  for (const [role, code] of [
    [roles?.own, "role_exceeds_yours"],
    [roles?.foreign, "role_not_found"],
  ]) {
    const other = uniqueName("Forced");
    const answer = await replay((text) => text.replace(sent.role_id, role ?? "").replace(name, other));
    expect(answer).toContain(`"code":"${code}"`);
    expect(answer).not.toMatch(/lk_pat_/);
    expect(await tokensNamed(other), code).toEqual([]);
  }

  const unheard = uniqueName("Unheard");
  const extra = await replay((text) => text.replace(name, unheard).replace("{", `{"organization_id":"acme",`));
  expect(extra, "a field that nobody asked for").toContain(`"invalid":`);
  const again = uniqueName("The same way");
  expect(await replay((text) => text.replace(name, again)), "the replay itself works").toMatch(/lk_pat_/);
  expect(await tokensNamed(unheard)).toEqual([]);
  expect(await tokensNamed(again)).toHaveLength(1);
});

test("what an address asks for in vain is ignored and said; a wrong page is the first; the API says 400 and 422", async ({
  page,
  signIn,
  api,
}) => {
  await atOwnTokens(page, signIn);
  const caller = await api(await createToken(page, uniqueName("Asks wrongly"), { role: "User" }));
  await leaveSecret(page);
  const strange = `<b onclick="window.broken=1">`;
  await page.goto(
    `${TOKENS}?${new URLSearchParams({ status: `active,${strange}`, last_used: "yesterday", sort: "secret" })}`,
  );
  const notice = page.getByText("This link asks for");
  await expect(notice).toContainText(`a status that isn’t here (${strange})`);
  await expect(notice).toContainText("a last use that isn’t here (yesterday)");
  await expect(notice).toContainText("an order that isn’t here (secret)");
  await expect(page.getByRole("button", { name: /^Status\W+Active$/ })).toBeVisible();
  await expect(page.getByRole("rowheader").first()).toBeVisible();

  for (const cursor of ["AAAA", "%00", "x".repeat(3000), "eyJ2IjoxfQ"]) {
    await page.goto(`${TOKENS}?cursor=${cursor}`);
    await expect(page.getByText("The page that this link names isn’t here any more. This is the first.")).toBeVisible();
    await expect(page.getByRole("rowheader").first()).toBeVisible();
  }

  const problem = async (query: string) => {
    const answer = await caller.get(`/api/v1/tokens?${query}`);
    expect(answer.headers()["content-type"]).toBe("application/problem+json");
    return { status: answer.status(), ...(await answer.json()) };
  };
  expect(await problem("cursor=AAAA")).toMatchObject({ status: 400, code: "invalid_cursor" });
  expect(await problem("status=gone")).toMatchObject({
    status: 422,
    errors: [{ field: expect.stringContaining("status") }],
  });
  expect(await problem("limit=0")).toMatchObject({ status: 422, errors: [{ field: "limit" }] });
});

test("a whole token in the search box finds its row by its id and reaches no address", async ({
  page,
  context,
  signIn,
}) => {
  await atOwnTokens(page, signIn);
  const name = uniqueName("Pasted");
  const secret = await createToken(page, name);
  await leaveSecret(page);
  const addresses: string[] = [];
  context.on("request", (request) => addresses.push(request.url(), request.headers().referer ?? ""));
  page.on("framenavigated", (frame) => addresses.push(frame.url()));

  const search = page.getByRole("searchbox", { name: "Search by name or ID" });
  for (const [how, enter] of [
    [
      "pasted",
      (text: string) =>
        page
          .evaluate((value) => navigator.clipboard.writeText(value), text)
          .then(() => page.keyboard.press("ControlOrMeta+v")),
    ],
    ["typed", (text: string) => page.keyboard.type(text)],
  ] as const) {
    for (const text of [secret, `Authorization: Bearer ${secret}`, ` "${secret}" `]) {
      await test.step(`${how}: ${text.slice(0, 20)}`, async () => {
        await search.focus();
        await enter(text);
        await search.press("Enter");
        await expect(page).toHaveURL(new RegExp(`[?&]q=[^&]*${idOf(secret)}`));
        await expect(page.getByRole("rowheader")).toHaveCount(1);
        await expect(rowOf(page, name)).toBeVisible();
        await search.press("Escape");
        await expect(page).toHaveURL(TOKENS);
      });
    }
  }
  const random = secret.slice(-49);
  expect(addresses.filter((address) => address.includes(idOf(secret))).length).toBeGreaterThan(0);
  expect(addresses.filter((address) => address.includes(random.slice(0, 12)))).toEqual([]);

  await page.goto(`${TOKENS}?q=${secret}&status=active`);
  await expect(page).toHaveURL(`${TOKENS}?q=${idOf(secret)}&status=active`);
  await expect(rowOf(page, name)).toBeVisible();
  // What a person types into the address bar is theirs; the page's own addresses do not have it.
  const { entries } = await (await context.newCDPSession(page)).send("Page.getNavigationHistory");
  expect(entries.length).toBeGreaterThan(1);
  expect(entries.map(({ url }) => url).join("\n")).not.toContain(random.slice(0, 12));
});

test("a session that ends while the dialog is open loses no input: signed in again in another tab, it goes on", async ({
  page,
  context,
  signIn,
}) => {
  const member = await atOwnTokens(page, signIn);
  const name = uniqueName("Patience");
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);
  await dialog.getByLabel("Description").fill("Long thought about");
  await dialog.getByRole("radio", { name: "7 days" }).click();
  await withDatabase(
    (sql) => sql`delete from sessions s using users u where u.id = s.user_id and u.email = ${member.email}`,
  );
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await expect(dialog.getByText("You are signed out")).toBeVisible();
  await expect(dialog.getByLabel("Name")).toHaveValue(name);
  expect(await tokensNamed(name)).toEqual([]);
  await expectNoAxeViolations(page);

  const opening = context.waitForEvent("page");
  await dialog.getByRole("link", { name: "Sign in in a new tab" }).click();
  const tab = await opening;
  await signInByForm(tab, member.email);
  await tab.close();

  await expect(dialog.getByLabel("Description")).toHaveValue("Long thought about");
  await expect(dialog.getByRole("radio", { name: "7 days" })).toBeChecked();
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await revealSecret(dialog);
  expect(await tokensNamed(name)).toHaveLength(1);
});

test("what a second tab deleted first is said to be gone, by the question and by the editor", async ({
  page,
  context,
  signIn,
}) => {
  await atOwnTokens(page, signIn);
  const second = await context.newPage();
  const first = page.getByRole("alertdialog");
  const open = async (tab: Page, name: string, item: string) => {
    await rowOf(tab, name)
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await tab.getByRole("menuitem", { name: item }).click();
  };
  const deleteInSecondTab = async (name: string) => {
    await second.goto(TOKENS);
    await open(second, name, "Delete…");
    await second.getByRole("alertdialog").getByRole("button", { name: "Delete token" }).click();
    await expect(rowOf(second, name)).toContainText("Deleted");
  };

  const asked = uniqueName("Asked about");
  await createToken(page, asked);
  await leaveSecret(page);
  await open(page, asked, "Delete…");
  await expect(first).toContainText("No calls in the last 24 hours");
  await deleteInSecondTab(asked);
  await first.getByRole("button", { name: "Delete token" }).click();
  await expect(page.getByText("It was deleted before")).toBeVisible();
  await expect(first).toHaveCount(0);
  await expect(rowOf(page, asked)).toContainText("Deleted");

  const edited = uniqueName("Being edited");
  await createToken(page, edited);
  await leaveSecret(page);
  await open(page, edited, "Edit…");
  const editor = page.getByRole("dialog");
  await editor.getByLabel("Name").fill(uniqueName("Too late"));
  await deleteInSecondTab(edited);
  await editor.getByRole("button", { name: "Save changes" }).click();
  await expect(editor.getByText("This API token was deleted before.")).toBeVisible();
  expect(await tokensNamed(edited)).toHaveLength(1);
});

/** Puts text into a field as the page would get it, also what no keyboard sends and no protocol carries whole. */
async function type(page: Page, label: string, text: string): Promise<void> {
  const units = [...Array(text.length).keys()].map((at) => text.charCodeAt(at));
  await page
    .getByRole("dialog")
    .getByLabel(label)
    .evaluate((field, codes) => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
      set?.call(field, String.fromCharCode(...codes));
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, units);
}
