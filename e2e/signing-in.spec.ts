import { DEMO_OPERATOR, DEMO_ORGANIZATIONS, DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { ACCOUNT_ATTEMPTS } from "@/lib/auth/sign-in-limits";
import { withDatabase } from "./database";
import { expect, signInByForm, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { chooseRole, createToken, leaveSecret, openCreateDialog, TOKENS, uniqueName } from "./token-dialogs";

const ELSEWHERE = [
  "//evil.example",
  "https://evil.example/",
  "/\\evil.example",
  "/%2F%2Fevil.example",
  "/sign-in",
  "javascript:alert(1)",
];

test("a wrong password and an unknown account hear the same, and nobody is in", async ({ page }) => {
  for (const email of ["admin@acme.example", "nobody@acme.example"]) {
    await page.goto("/sign-in");
    await page.getByLabel("Email", { exact: true }).fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByLabel("Password", { exact: true }).press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "The email or the password is not right." })).toBeVisible();
    await expect(page.getByLabel("Email", { exact: true })).toHaveValue(email);
    await page.goto(TOKENS);
    await expect(page).toHaveURL(/\/sign-in\?/);
  }
});

test("what is missing is said beside its field, before anything is sent", async ({ page }) => {
  await page.goto("/sign-in");
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const email = page.getByLabel("Email", { exact: true });
  await expect(email).toHaveAccessibleDescription("Enter your email.");
  await expect(email).toBeFocused();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAccessibleDescription("Enter your password.");
  await email.fill("nobody");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(email).toHaveAccessibleDescription("Enter an email address, such as name@example.com.");
  expect(posts).toEqual([]);
});

test("many wrong passwords lock an account, for the right password too, and say for how long", async ({ page }) => {
  const { email } = await temporaryMember({ role: "User" });
  await page.goto("/sign-in");
  const attempt = async (password: string) => {
    await page.getByLabel("Email", { exact: true }).fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    const button = page.getByRole("button", { name: "Sign in", exact: true });
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await button.click();
    await answered;
    await expect(button).not.toHaveAttribute("aria-busy", "true");
  };
  for (let round = 0; round < ACCOUNT_ATTEMPTS; round += 1) await attempt(`guess number ${round}`);
  await attempt(DEMO_PASSWORD);
  await expect(page.getByText(/Too many attempts\. Try again in 1[0-5] minutes\./)).toBeVisible();
  await page.goto(TOKENS);
  await expect(page).toHaveURL(/\/sign-in\?/);
  // The address of this machine has its attempts back for whatever runs next.
  await withDatabase((sql) => sql`delete from sign_in_limits where key like 'address:%'`);
});

test("signing in leads back to where one was going, and never off this site", async ({ page, context, baseURL }) => {
  const foreign: string[] = [];
  context.on("request", (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).origin !== baseURL) foreign.push(request.url());
  });

  await page.goto(`${TOKENS}?status=expired`);
  await expect(page).toHaveURL(/\/sign-in\?return_to=/);
  await signInByForm(page, "engineer@acme.example");
  await expect(page).toHaveURL(`${TOKENS}?status=expired`);

  for (const target of ELSEWHERE) {
    await test.step(`a visitor who is in, to ${target}`, async () => {
      await page.goto(`/sign-in?${new URLSearchParams({ return_to: target })}`);
      await expect(page).toHaveURL(TOKENS);
    });
  }
  await page.goto("/sign-in");
  await expect(page, "whoever is in needs no sign-in").toHaveURL(TOKENS);

  for (const target of ELSEWHERE.slice(0, 3)) {
    await test.step(`a visitor who signs in, to ${target}`, async () => {
      await context.clearCookies();
      await page.goto(`/sign-in?${new URLSearchParams({ return_to: target })}`);
      await signInByForm(page, "engineer@acme.example");
      await expect(page).toHaveURL(TOKENS);
    });
  }
  expect(foreign).toEqual([]);
});

test("the demo accounts are offered, each by one button that signs in, and each comes to its own door", async ({
  page,
  context,
}) => {
  await page.goto("/sign-in");
  const offered = DEMO_ORGANIZATIONS.flatMap(({ name, accounts }) =>
    accounts.map((account) => `Sign in as ${account.name} of ${name}, ${account.label} ${account.email}`),
  );
  const buttons = page.getByRole("region", { name: "or look around as" }).getByRole("button");
  await expect(buttons).toHaveCount(offered.length + 1);
  for (const name of offered) await expect(page.getByRole("button", { name, exact: true })).toBeVisible();

  for (const [name, door, heading] of [
    ["Sign in as Lena Brandt of Acme", TOKENS, "API tokens"],
    ["Sign in as Rafael Moreno of Harbor", "/hub/api-tokens", "API tokens"],
    [`Sign in as ${DEMO_OPERATOR.name} of Latchkey`, "/operator", "Organizations"],
  ] as const) {
    await test.step(name, async () => {
      await page.goto("/sign-in");
      await page.getByRole("button", { name }).click();
      await expect(page).toHaveURL(door);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
      await context.clearCookies();
    });
  }
});

test("nobody gets through another's door: a partner not into the console, a member not to the operator", async ({
  page,
  signIn,
}) => {
  await signIn(page, "partner@harbor.example");
  for (const door of [TOKENS, "/members", "/operator"]) {
    await page.goto(door);
    await expect(page).toHaveURL("/hub/api-tokens");
  }
  for (const door of ["/notifications?show=unread", "/profile#notifications"]) {
    await page.goto(door);
    await expect(page).toHaveURL(`/hub${door}`);
  }
  await signIn(page, "admin@acme.example");
  for (const door of ["/hub/api-tokens", "/operator"]) {
    await page.goto(door);
    await expect(page).toHaveURL(TOKENS);
  }
});

test("signing out ends the session itself: its cookie, put back, opens nothing", async ({ page, context, signIn }) => {
  await signIn(page, "engineer@acme.example", { fresh: true });
  await page.goto(TOKENS);
  const cookies = await context.cookies();
  await page.getByRole("button", { name: "Account of Mateo Silva" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  expect((await context.cookies()).filter(({ name }) => name.endsWith("session"))).toEqual([]);

  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  await context.addCookies(cookies);
  await page.goto(TOKENS);
  await expect(page).toHaveURL(/\/sign-in\?return_to=/);
});

test("signing out everywhere ends the session of another browser at its very next request", async ({
  page,
  browser,
  signIn,
}) => {
  const member = await temporaryMember({ role: "User" });
  const other = await browser.newContext();
  const there = await other.newPage();
  await signIn(page, member.email, { fresh: true });
  await signIn(there, member.email, { fresh: true });
  await there.goto(TOKENS);
  const dialog = await openCreateDialog(there);
  await dialog.getByLabel("Name").fill(uniqueName("Too late"));
  await chooseRole(dialog);

  await page.goto("/profile");
  const sessions = page.getByRole("region", { name: "Sessions" });
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await expect(sessions.getByText("This device")).toHaveCount(1);
  await sessions.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL("/sign-in");

  await dialog.getByRole("button", { name: "Create API token" }).click();
  await expect(dialog.getByText("You are signed out")).toBeVisible();
  await there.reload();
  await expect(there).toHaveURL(/\/sign-in\?return_to=/);
  await page.goto(TOKENS);
  await expect(page).toHaveURL(/\/sign-in\?return_to=/);
  await other.close();
});

test("signing out the others keeps this browser in", async ({ page, browser, signIn }) => {
  const member = await temporaryMember({ role: "User" });
  const other = await browser.newContext();
  const there = await other.newPage();
  await signIn(there, member.email, { fresh: true });
  await signIn(page, member.email, { fresh: true });
  await page.goto("/profile");
  const sessions = page.getByRole("region", { name: "Sessions" });
  await sessions.getByRole("button", { name: "Sign out all others" }).click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await there.goto("/profile");
  await expect(there).toHaveURL(/\/sign-in\?return_to=/);
  await page.reload();
  await expect(sessions.getByText("This device")).toBeVisible();
  await other.close();
});

test("a lowered role bites at the next request, in the pages and in the member's tokens", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Engineer" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Reads members"), { role: "Engineer" });
  await leaveSecret(page);
  const caller = await api(secret);
  expect((await caller.get("/api/v1/members")).status()).toBe(200);

  const dialog = await openCreateDialog(page);
  const name = uniqueName("More than mine");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("radio", { name: /^Engineer/ }).click();
  await member.change({ role: "User" });

  const refused = await caller.get("/api/v1/members");
  expect(refused.status()).toBe(403);
  expect(refused.headers()["www-authenticate"]).toContain(`error="insufficient_scope", scope="members:read"`);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);

  await dialog.getByRole("button", { name: "Create API token" }).click();
  await expect(dialog.getByText("That role allows more than yours.")).toBeVisible();
  await page.reload();
  await openCreateDialog(page);
  await expect(dialog.getByRole("radio", { name: /^Engineer/ })).toBeDisabled();
  expect(await withDatabase((sql) => sql`select 1 from api_tokens where name = ${name}`)).toHaveLength(0);
});

test("a deactivated member is out at the next request, with every token, and in again when active", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "User" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const caller = await api(await createToken(page, uniqueName("Of a leaver")));
  await leaveSecret(page);
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
  const dialog = await openCreateDialog(page);
  const name = uniqueName("After leaving");
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);

  await member.change({ status: "deactivated" });
  expect((await caller.get("/api/v1/me")).status()).toBe(401);
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await expect(dialog.getByText("You are signed out")).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL("/account");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your access to Temporary is switched off");
  expect(await withDatabase((sql) => sql`select 1 from api_tokens where name = ${name}`)).toHaveLength(0);

  await member.change({ status: "active" });
  expect((await caller.get("/api/v1/me")).status()).toBe(200);
  await page.reload();
  await expect(page).toHaveURL(TOKENS);
});
