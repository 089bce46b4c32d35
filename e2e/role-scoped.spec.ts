import { withDatabase } from "./database";
import { expect, test } from "./fixtures";
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

/** The role-scoped preset, walked as the document of the product that works so walks it, in Acme. */

const ADMIN = "admin@acme.example";
const ENGINEER = "engineer@acme.example";
const USER = "user@acme.example";

test("role-scoped: a permanent token is created step by step, shown once, and called with as APIKey", async ({
  page,
  signIn,
  api,
}) => {
  const name = uniqueName("Cache purge");
  await signIn(page, ENGINEER);

  await test.step("opens the section from the navigation, and the form from its button", async () => {
    await page.goto("/");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API tokens" }).click();
    await expect(page).toHaveURL(TOKENS);
  });
  const dialog = await openCreateDialog(page);

  await test.step("the name is asked for, the description may stay empty", async () => {
    await dialog.getByRole("button", { name: "Create API token" }).click();
    await expect(dialog.getByText("Enter a name.")).toBeVisible();
    await dialog.getByLabel("Name").fill(name);
    await expect(dialog.getByLabel("Description")).toHaveValue("");
  });

  await test.step("a role equal to or lower than one's own can be chosen, a higher one cannot", async () => {
    for (const role of ["Engineer", "User", "Viewer"]) {
      await expect(dialog.getByRole("radio", { name: new RegExp(`^${role}`) })).toBeEnabled();
    }
    await expect(dialog.getByRole("radio", { name: /^Administrator/ })).toBeDisabled();
    await dialog.getByRole("radio", { name: /^User/ }).click();
  });

  await test.step("it never expires, or on a date that is set", async () => {
    await dialog.getByRole("radio", { name: "30 days" }).click();
    await dialog.getByRole("radio", { name: /^Never/ }).click();
    await expect(dialog.getByRole("radio", { name: /^Never/ })).toBeChecked();
  });

  const secret = await test.step("a dialog shows it, this once", async () => {
    await dialog.getByRole("button", { name: "Create API token" }).click();
    const shown = await revealSecret(dialog);
    await leaveSecret(page);
    return shown;
  });

  await test.step("the section shows who issued it, its role, its last use, its expiry and its status", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const row = rowOf(page, name);
    await expect(row).toContainText("User");
    await expect(row).toContainText("Never");
    await expect(row).toContainText("Active");
    await page.reload();
    await expect(row).toBeVisible();
    await expect(page.locator("body")).not.toContainText(secret);
    await row.getByRole("link").click();
    await expect(page).toHaveURL(`${TOKENS}/${idOf(secret)}`);
    await expect(page.locator("body")).not.toContainText(secret);
  });

  await test.step("`Authorization: APIKey` calls with it, and it may do what its role may", async () => {
    const caller = await api();
    const me = await caller.get("/api/v1/me", { headers: { authorization: `APIKey ${secret}` } });
    expect(me.status()).toBe(200);
    expect(await me.json()).toMatchObject({ name, role: { name: "User" }, expires_at: null });
    const members = await caller.get("/api/v1/members", { headers: { authorization: `APIKey ${secret}` } });
    expect(members.status(), "its issuer may list members, its role may not").toBe(403);
  });
});

test("role-scoped: a role above one's own is refused by the server too, and nothing is made", async ({
  page,
  signIn,
}) => {
  const somebody = await temporaryMember({ role: "User" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto(TOKENS);
  const dialog = await openCreateDialog(page);
  const name = uniqueName("Too much");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("radio", { name: /^User/ }).click();
  // The form was opened with a role that was one's own until now.
  await somebody.change({ role: "Viewer" });
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await expect(dialog.getByText("That role allows more than yours", { exact: false })).toBeVisible();
  const made = await withDatabase((sql) => sql`select 1 from api_tokens where name = ${name}`);
  expect(made).toHaveLength(0);
});

test("role-scoped: the 51st active token is refused, and there is room again after a deletion", async ({
  page,
  signIn,
}) => {
  const somebody = await temporaryMember({ role: "Administrator" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto(TOKENS);
  const first = uniqueName("First");
  await createToken(page, first, { role: "Viewer" });
  await leaveSecret(page);
  // Forty-nine more of the same, with ids of their own.
  await withDatabase(
    (sql) => sql`
      insert into api_tokens
      select (jsonb_populate_record(t, jsonb_build_object(
        'id', lpad(n::text, 4, '0') || substr(md5(t.id || n::text), 1, 8), 'name', 'Filler ' || n))).*
      from api_tokens t, generate_series(1, 49) n where t.name = ${first}`,
  );
  await page.reload();
  const create = page.getByRole("button", { name: "Create API token" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  await expect(async () => {
    await page.mouse.move(0, 0);
    await create.hover();
    await expect(page.getByRole("tooltip")).toContainText("reached its limit of active", { timeout: 1500 });
  }).toPass();

  await rowOf(page, first)
    .getByRole("button", { name: `Actions for ${first}` })
    .click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete token" }).click();
  await expect(rowOf(page, first)).toContainText("Deleted");
  await createToken(page, uniqueName("Room again"), { role: "Viewer" });
  await leaveSecret(page);
});

test("role-scoped: administrators see and delete any token, others their own and nobody else's", async ({
  page,
  signIn,
  browser,
  api,
}) => {
  const name = uniqueName("Somebody's");
  const others = uniqueName("Of the administrator");
  await signIn(page, USER);
  await page.goto(TOKENS);
  const secret = await createToken(page, name, { role: "Viewer" });
  await leaveSecret(page);

  const office = await browser.newContext();
  const admins = await office.newPage();
  await signIn(admins, ADMIN);
  await admins.goto(TOKENS);
  const foreign = idOf(await createToken(admins, others, { role: "Viewer" }));
  await leaveSecret(admins);

  await test.step("the user neither sees nor reaches the administrator's token", async () => {
    await page.goto(`${TOKENS}?q=${encodeURIComponent(others)}`);
    await expect(rowOf(page, others)).toHaveCount(0);
    const answer = await page.request.get(`${TOKENS}/${foreign}`);
    expect(answer.status()).toBe(404);
  });

  await test.step("a program with the user's token may end neither", async () => {
    const caller = await api(secret);
    expect((await caller.delete(`/api/v1/tokens/${foreign}`)).status()).not.toBe(200);
    expect((await caller.get("/api/v1/me")).status()).toBe(200);
  });

  await test.step("the administrator deletes both, from the three dots", async () => {
    for (const each of [name, others]) {
      await admins.goto(`${TOKENS}?q=${encodeURIComponent(each)}`);
      await rowOf(admins, each)
        .getByRole("button", { name: `Actions for ${each}` })
        .click();
      await admins.getByRole("menuitem", { name: "Delete…" }).click();
      const dialog = admins.getByRole("alertdialog");
      // What uses it is read first, and its name asked for where something does.
      await expect(dialog).toContainText(/calls? in the last 24 hours/);
      const typed = dialog.getByLabel(/^Type .* to confirm$/);
      if (await typed.isVisible()) await typed.fill(each);
      await dialog.getByRole("button", { name: "Delete token" }).click();
      await expect(rowOf(admins, each)).toContainText("Deleted");
    }
    const caller = await api(secret);
    expect((await caller.get("/api/v1/me")).status()).toBe(401);
  });
  await office.close();
});

test("role-scoped: filters by issuer, role and status, expired and deleted ones included", async ({ page, signIn }) => {
  await signIn(page, ADMIN);
  for (const [status, word] of [
    ["active", "Active"],
    ["expired", "Expired"],
    ["deleted", "Deleted"],
  ] as const) {
    await page.goto(`${TOKENS}?status=${status}`);
    const rows = page.getByRole("rowheader");
    await expect(rows.first()).toBeVisible();
    for (const other of ["Active", "Expired", "Deleted"].filter((each) => each !== word)) {
      await expect(page.getByRole("cell", { name: other, exact: true })).toHaveCount(0);
    }
  }
  for (const filter of ["Issued by", "Role", "Status"]) {
    await expect(page.getByRole("button", { name: new RegExp(`^${filter}`) })).toBeVisible();
  }
});

test("role-scoped: the section carries an exclamation mark while a token that one sees expires within 7 days", async ({
  page,
  signIn,
}) => {
  const somebody = await temporaryMember({ role: "User" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto(TOKENS);
  const section = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^API tokens/ });
  await expect(section).toHaveAccessibleName("API tokens");

  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(uniqueName("Short"));
  await chooseRole(dialog);
  await dialog.getByRole("radio", { name: "7 days", exact: true }).click();
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await revealSecret(dialog);
  await leaveSecret(page);
  await page.reload();
  await expect(section).toHaveAccessibleName(/1 API token expires within 7 days/);
});

test("role-scoped: a token ends with its issuer's access, which is where the document leaves a gap", async ({
  page,
  signIn,
  api,
}) => {
  const somebody = await temporaryMember({ role: "User" });
  await signIn(page, somebody.email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Outlives nobody"));
  const caller = await api(secret);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
  await somebody.change({ status: "deactivated" });
  expect((await caller.get("/api/v1/me")).status()).toBe(401);
  await somebody.change({ status: "active" });
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
});
