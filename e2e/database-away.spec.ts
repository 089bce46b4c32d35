import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { APIResponse, Browser, BrowserContext, Page } from "@playwright/test";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/scripts/launcher/embedded-postgres";
import { type CuttableConnection, cuttableConnection } from "./cuttable-connection";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, signInByForm, test } from "./fixtures";
import { type RunningServer, startServer } from "./server";
import type { Cookies } from "./session";
import {
  chooseRole,
  createToken,
  leaveSecret,
  openCreateDialog,
  revealSecret,
  rowOf,
  TOKENS,
  uniqueName,
} from "./token-dialogs";

const ADMIN = { email: "ada@tests.example", password: "brass-kettle-on-the-stove" };
const UNREACHABLE = "Latchkey cannot reach its database";

let folder: string;
let postgres: EmbeddedPostgres;
let line: CuttableConnection;
let server: RunningServer;
let cookies: Cookies;
let secret: string;

// A server of its own, on a database that is not the launcher's: an empty one, reached through a line that can be cut.
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  folder = await mkdtemp(join(tmpdir(), "latchkey-away-"));
  postgres = await startEmbeddedPostgres({ dataDir: join(folder, "database"), fast: true });
  const url = new URL(postgres.url);
  line = await cuttableConnection(Number(url.port));
  url.port = String(line.port);
  server = await startServer({
    dataDir: join(folder, "server"),
    env: {
      DATABASE_URL: url.href,
      AUTH_SECRET: randomBytes(32).toString("base64url"),
      TOKEN_PEPPERS: `k1:${randomBytes(32).toString("base64url")}`,
    },
  });
  ({ cookies, secret } = await setUp(browser));
});

test.afterAll(async () => {
  await line?.mend();
  await server?.stop();
  await line?.close();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

test.beforeEach(async ({ context, expectProblem }) => {
  // What a browser says to itself of the answers that are to come: 503, and pages that could not be made.
  expectProblem(/Failed to load resource|^50[03] from|Server Components render|React error #441/);
  await context.addCookies(cookies);
});

test("where the database is one's own, there is no mailbox to read other people's mail in", async ({ page, api }) => {
  const stranger = await api();
  for (const path of ["/dev/mailbox", "/dev/mailbox/0190f0c8-7a54-7c3e-9a1b-2f6d3c4b5a69"]) {
    expect((await stranger.get(server.url + path)).status()).toBe(404);
    // Nor for an administrator.
    expect((await page.goto(server.url + path))?.status()).toBe(404);
    await expect(page.getByRole("main")).toContainText("There is nothing here");
  }
});

test("a lost database is 503 to programs, an honest page to people, and no input is lost; then all of it is back by itself", async ({
  page,
  context,
  api,
}) => {
  const program = server.process.pid;
  const caller = await api();
  const name = uniqueName("Through the storm");
  await page.goto(server.url + TOKENS);
  await page.evaluate(() => Object.assign(window, { loadedOnce: true }));
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(name);
  await chooseRole(dialog);
  await dialog.getByLabel("Description").fill("Typed before the storm");
  const row = await context.newPage();
  await row.goto(server.url + TOKENS);

  await line.cut();

  await test.step("programs", async () => {
    for (let call = 0; call < 12; call += 1) await expectUnavailable(await callMe(caller));
    expect((await caller.get(`${server.url}/readyz`)).status()).toBe(503);
    expect((await caller.get(`${server.url}/healthz`)).status()).toBe(200);
  });

  await test.step("the dialog says so and keeps what was entered", async () => {
    await dialog.getByRole("button", { name: "Create API token" }).click();
    await expect(dialog.getByText(`${UNREACHABLE}, so nothing was done. Try again in a moment.`)).toBeVisible();
    await expect(dialog.getByLabel("Name")).toHaveValue(name);
  });

  const fresh = await context.newPage();
  await test.step("a page that is opened now says so and offers to try again", async () => {
    await fresh.goto(server.url + TOKENS);
    await expectHonestPage(fresh);
    await fresh.getByRole("button", { name: "Try again" }).click();
    await expectHonestPage(fresh);
    await expectNoAxeViolations(fresh);
    await expectNoSidewaysScroll(fresh);
    await fresh.evaluate(() => Object.assign(window, { loadedOnce: true }));
  });

  await test.step("a page that is open asks for more and says so", async () => {
    await row.getByRole("searchbox").fill("storm");
    await expectHonestPage(row);
  });

  await line.mend();

  await test.step("everything is back by itself", async () => {
    await expect.poll(async () => (await callMe(caller)).status()).toBe(200);
    await expect.poll(async () => (await caller.get(`${server.url}/readyz`)).status()).toBe(200);
    await expect(fresh.getByRole("heading", { level: 1, name: "API tokens" })).toBeVisible();
    await expect(fresh.getByRole("rowheader").first()).toBeVisible();
    expect(await fresh.evaluate(() => "loadedOnce" in window), "without a reload").toBe(true);
    await expect(row.getByRole("searchbox")).toHaveValue("storm");
    await dialog.getByRole("button", { name: "Create API token" }).click();
    expect((await callMe(caller, await revealSecret(dialog))).status()).toBe(200);
    await leaveSecret(page);
    await expect(rowOf(page, name)).toContainText("Typed before the storm");
    expect(await page.evaluate(() => "loadedOnce" in window), "without a reload").toBe(true);
    expect(server.process.pid).toBe(program);
    expect(server.process.exitCode).toBeNull();
  });
});

test("a stranger meets the same honest page, a form that was open keeps what was typed, and signing in then works", async ({
  page,
  context,
}) => {
  await context.clearCookies();
  await page.goto(`${server.url}/sign-in`);
  await page.getByLabel("Email", { exact: true }).fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await line.cut();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText(UNREACHABLE)).toBeVisible();
  await expect(page.getByLabel("Email", { exact: true })).toHaveValue(ADMIN.email);
  const fresh = await context.newPage();
  await fresh.goto(`${server.url}/sign-in`);
  await expectHonestPage(fresh);

  await line.mend();
  await expect(fresh.getByRole("heading", { name: "Sign in to Latchkey" })).toBeVisible();
  await expect(async () => {
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page).toHaveURL(server.url + TOKENS, { timeout: 2000 });
  }).toPass();
});

test("a database that dies and is started again is used again", async ({ page, api }) => {
  const caller = await api();
  await page.goto(server.url + TOKENS);
  expect((await callMe(caller)).status()).toBe(200);
  postgres.kill();
  await expect.poll(async () => (await callMe(caller)).status(), { intervals: [10] }).toBe(503);
  await expect.poll(async () => (await callMe(caller)).status(), { timeout: 20_000 }).toBe(200);
  await page.reload();
  await expect(page.getByRole("rowheader").first()).toBeVisible();
});

test("a database that says nothing keeps nobody waiting for the state of the server", async ({ api }) => {
  const caller = await api();
  expect((await caller.get(`${server.url}/readyz`)).status()).toBe(200);
  line.silence();
  expect((await caller.get(`${server.url}/readyz`, { timeout: 4000 })).status()).toBe(503);
  expect((await caller.get(`${server.url}/healthz`, { timeout: 4000 })).status()).toBe(200);
  await line.mend();
  await expect.poll(async () => (await caller.get(`${server.url}/readyz`)).status()).toBe(200);
  await expect.poll(async () => (await callMe(caller)).status()).toBe(200);
});

/** Sets the empty server up in the browser, with the code that its start has printed. */
async function setUp(browser: Browser): Promise<{ cookies: Cookies; secret: string }> {
  const context: BrowserContext = await browser.newContext();
  const page = await context.newPage();
  const code = /enter the code (\S+)/.exec(await readFile(server.logFile, "utf8"))?.[1] ?? "";
  await page.goto(server.url);
  await expect(page).toHaveURL(`${server.url}/setup`);
  await page.getByLabel("Setup code").fill(code);
  await page.getByLabel("Organization").fill("Weather station");
  await page.getByLabel("Your name").fill("Ada Sturm");
  await page.getByLabel("Your email").fill(ADMIN.email);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Set up Latchkey" }).click();
  await expect(page).toHaveURL(server.url + TOKENS);
  const first = await createToken(page, "Barometer");
  await leaveSecret(page);
  const kept = await context.cookies();
  await context.clearCookies();
  await page.goto(`${server.url}/setup`);
  await expect(page, "set up once and for all").toHaveURL(`${server.url}/sign-in`);
  await signInByForm(page, ADMIN.email, ADMIN.password);
  await context.close();
  return { cookies: kept, secret: first };
}

type Caller = { get(url: string, options: { headers: Record<string, string> }): Promise<APIResponse> };

const callMe = (caller: Caller, token = secret) =>
  caller.get(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });

async function expectUnavailable(answer: APIResponse): Promise<void> {
  expect(answer.status()).toBe(503);
  expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
  expect(answer.headers()["content-type"]).toBe("application/problem+json");
  const body = await answer.json();
  expect(body).toMatchObject({ status: 503, code: "unavailable" });
  expect(JSON.stringify(body)).not.toMatch(/ECONN|postgres|127\.0\.0\.1/);
}

async function expectHonestPage(page: Page): Promise<void> {
  await expect(page.getByText(UNREACHABLE)).toBeVisible();
  await expect(page.getByText("This page comes back by itself.")).toBeVisible();
  await expect(page.locator("body")).not.toContainText(/ECONN|postgres|stack/i);
}
