import { readFile } from "node:fs/promises";
import { browserKeeps, leaveMark, pageHolds, recordingProxy } from "./browser-traces";
import { expect, test } from "./fixtures";
import { dumpDatabase, filesHolding } from "./server-traces";
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

/** Any of these would give a third of the secret away. Its id and its checksum are no secret. */
function pieces(secret: string): string[] {
  const random = (secret.split("_")[3] ?? "").slice(0, 43);
  const parts = [random.slice(0, 14), random.slice(14, 28), random.slice(28)];
  const coded = parts.flatMap((part) => [Buffer.from(part).toString("hex"), encodeURIComponent(part)]);
  return [...new Set([...parts, ...coded, Buffer.from(secret).toString("base64").slice(30, 60)])];
}

const holds = (text: string, texts: readonly string[]) => texts.some((piece) => text.includes(piece));

test("once its dialog is left, the secret is in no page, answer, address, storage, log, table or file", async ({
  browser,
  baseURL,
  signIn,
  api,
}) => {
  const name = uniqueName("No trace");
  const proxy = await recordingProxy();
  // Without the second half, nothing on this machine itself would go through the proxy.
  const context = await browser.newContext({ baseURL, proxy: { server: proxy.server, bypass: "<-loopback>" } });
  const page = await context.newPage();
  const spoken: string[] = [];
  context.on("console", (message) => spoken.push(message.text()));
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email, { fresh: true });
  await page.goto(TOKENS);

  const secret = await createToken(page, name);
  const [id, secrets] = [idOf(secret), pieces(secret)];
  expect(holds(await pageHolds(page), secrets), "the search sees it while it is shown").toBe(true);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Copy token" }).click();
  await dialog.getByRole("button", { name: "Copy command with the whole token" }).click();
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download .env" }).click();
  await downloading;
  await leaveSecret(page);

  await test.step("the pages that follow do not have it", async () => {
    const nowhere = async (where: string) => {
      const held = await pageHolds(page);
      expect(holds(held, [id]), `the search finds the id ${where}`).toBe(true);
      expect(holds(held, secrets), where).toBe(false);
    };
    await expect(rowOf(page, name)).toBeVisible();
    await nowhere("after the dialog was left");
    await page.reload();
    await nowhere("after a reload");
    await rowOf(page, name).getByRole("link").click();
    await expect(page.getByRole("region", { name: "History" })).toContainText("created the API token");
    await nowhere("on the token's page");
    await page.goBack();
    await expect(rowOf(page, name)).toBeVisible();
    await nowhere("after Back");
    await page.getByRole("button", { name: "Create API token" }).click();
    await expect(page.getByRole("dialog").getByLabel("Name")).toHaveValue("");
    await nowhere("in the next dialog");
    await page.keyboard.press("Escape");
  });

  await test.step("calls with it, right and wrong, leave nothing behind", async () => {
    const caller = await api();
    const call = (authorization: string, path = "/api/v1/me") => caller.get(path, { headers: { authorization } });
    expect((await call(`Bearer ${secret}`)).status()).toBe(200);
    expect((await call(`Bearer ${secret}x`)).status()).toBe(401);
    expect((await call(`Bearer ${secret.slice(0, -1)}`)).status()).toBe(401);
    expect((await call(`Bearer ${secret}`, `/api/v1/me?token=${secret}`)).status()).toBeGreaterThanOrEqual(200);
    expect((await call(`APIKey ${secret}`, "/api/v1/no-such-thing")).status()).toBe(404);
    // Wide enough for the column of the last days.
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(async () => {
      await page.reload();
      await expect(rowOf(page, name).getByRole("img", { name: /calls? in 14 days/ })).not.toHaveAccessibleName(
        /^No calls/,
        { timeout: 1000 },
      );
    }).toPass();
  });

  await test.step("no answer carried it but the one to the creation", async () => {
    const { exchanges } = proxy;
    expect(exchanges.filter(({ received }) => holds(received, [id])).length, "the id is in pages too").toBeGreaterThan(
      2,
    );
    const withSecret = exchanges.filter(({ received }) => holds(received, secrets));
    expect(withSecret.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([`POST ${TOKENS}`]);
    expect(withSecret[0]?.cacheControl).toContain("no-store");
    expect(exchanges.filter(({ sent }) => holds(sent, [id])).length, "and in addresses").toBeGreaterThan(0);
    expect(exchanges.filter(({ sent }) => holds(sent, secrets)).map(({ url }) => url)).toEqual([]);
  });

  await test.step("the browser keeps it nowhere", async () => {
    expect(holds(spoken.join("\n"), secrets), "the console").toBe(false);
    const kept = Object.entries(await browserKeeps(page));
    expect(kept.filter(([, text]) => holds(text, secrets)).map(([place]) => place)).toEqual([]);
    await leaveMark(page, id);
    const marked = Object.entries(await browserKeeps(page));
    expect(
      marked.filter(([, text]) => !text.includes(id)).map(([place]) => place),
      "places not searched",
    ).toEqual([]);
  });

  await test.step("the server keeps it nowhere", async () => {
    const dump = await dumpDatabase();
    expect(dump).toContain(id);
    expect(dump).toContain(name);
    expect(dump).toContain("table drizzle.__drizzle_migrations");
    expect(holds(dump, secrets), "the database").toBe(false);

    const log = await readFile(process.env.E2E_LOG_FILE ?? "", "utf8");
    expect(log).toMatch(/^ready at /m);
    expect(holds(log, secrets), "the log").toBe(false);

    const dataDir = process.env.E2E_DATA_DIR ?? "";
    expect((await filesHolding(dataDir, [id])).length, "the id is in the database's own files").toBeGreaterThan(0);
    expect(await filesHolding(dataDir, secrets)).toEqual([]);
  });
  await context.close();
  await proxy.close();
});

test("leaving the page while the secret is shown asks first, and Back and reload bring no secret again", async ({
  page,
  signIn,
}) => {
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email, { fresh: true });
  await page.goto("/profile");
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  for (const [how, leave] of [
    ["reload", () => page.reload()],
    [
      "Back twice and forward",
      async () => {
        await page.goBack();
        await expect(page.getByText("Leave without copying?")).toBeVisible();
        await page.goBack();
        await page.goForward();
      },
    ],
    ["another page and Back", () => page.goto("/docs").then(() => page.goBack())],
  ] as const) {
    await page.goto(TOKENS);
    const name = uniqueName("Left alone");
    const secrets = pieces(await createToken(page, name));
    asked.length = 0;
    await leave();
    await expect(rowOf(page, name), how).toBeVisible();
    expect(asked, how).toEqual(["beforeunload"]);
    const held = await pageHolds(page);
    expect(held, how).toContain(name);
    expect(holds(held, secrets), how).toBe(false);
    const kept = Object.values(await browserKeeps(page)).join("\n");
    expect(holds(kept, secrets), how).toBe(false);
  }
});

test("Back asks before it throws the secret away, and leaves no step behind in the history", async ({
  page,
  signIn,
}) => {
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email, { fresh: true });
  await page.goto("/profile");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API tokens" }).click();
  await expect(page).toHaveURL(TOKENS);
  const dialog = page.getByRole("dialog");
  const question = dialog.getByText(/^(Leave without copying|Done with the token)\?$/);
  const secret = await createToken(page, uniqueName("Back"));
  const nowhere = async () => {
    const written = await page.evaluate(() => window.location.href + JSON.stringify(window.history.state));
    expect(holds(written, pieces(secret))).toBe(false);
  };

  await test.step("staying keeps it, and Back asks again", async () => {
    for (let time = 0; time < 2; time += 1) {
      await nowhere();
      await page.goBack();
      await expect(question).toBeVisible();
      await nowhere();
      await expect(page).toHaveURL(TOKENS);
      await dialog.getByRole("button", { name: "Back to the token" }).click();
      await expect(question).toHaveCount(0);
      await expect(dialog).toContainText(secret);
    }
  });

  await test.step("once it is copied, the question goes", async () => {
    await page.goBack();
    await expect(question).toBeVisible();
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await expect(question).toHaveCount(0);
  });

  await test.step("having left by the button, Back goes to the page before", async () => {
    await leaveSecret(page);
    await expect(rowOf(page, "Back")).toHaveCount(1);
    await page.goBack();
    await expect(page).toHaveURL("/profile");
    await page.goForward();
    await expect(page).toHaveURL(TOKENS);
    await expect(dialog).toHaveCount(0);
  });

  await test.step("Back twice leaves at once, without the secret", async () => {
    const other = await createToken(page, uniqueName("Twice"));
    await page.goBack();
    await expect(question).toBeVisible();
    await page.goBack();
    await expect(page).toHaveURL("/profile");
    await expect(dialog).toHaveCount(0);
    expect(holds(await pageHolds(page), pieces(other))).toBe(false);
    await page.goForward();
    await expect(rowOf(page, "Twice")).toBeVisible();
    expect(holds(await pageHolds(page), pieces(other))).toBe(false);
  });

  await test.step("a page that was loaded anew steps over the entry that it held", async () => {
    await createToken(page, uniqueName("Reloaded"));
    await dialog.getByRole("button", { name: "Copy token" }).click();
    await page.reload();
    await expect(rowOf(page, "Reloaded")).toBeVisible();
    await expect.poll(() => page.evaluate(() => Object.keys(window.history.state))).not.toContain("latchkeyHeld");
    await page.goBack();
    await expect(page).toHaveURL("/profile");
  });
});

test("the last button asks too, while nothing was revealed, copied or downloaded", async ({ page, signIn }) => {
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email, { fresh: true });
  await page.goto(TOKENS);
  const dialog = await openCreateDialog(page);
  await dialog.getByLabel("Name").fill(uniqueName("Not looked at"));
  await chooseRole(dialog);
  await dialog.getByRole("button", { name: "Create API token" }).click();
  await dialog.getByRole("button", { name: "OK, I've copied token" }).click();
  await expect(dialog.getByText("Leave without copying?")).toBeVisible();
  await dialog.getByRole("button", { name: "Back to the token" }).click();
  await revealSecret(dialog);
  await leaveSecret(page);
});

test("the dialog of the secret is not left by accident: Escape and a press beside it ask, and the way back is first", async ({
  page,
  signIn,
}) => {
  await signIn(page, (await temporaryMember({ role: "Engineer" })).email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("By accident"));
  const dialog = page.getByRole("dialog");
  for (const leave of [() => page.keyboard.press("Escape"), () => page.mouse.click(5, 5)]) {
    await leave();
    await expect(dialog.getByText("Leave without copying?")).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Back to the token" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog.getByText("Leave without copying?")).toHaveCount(0);
    await expect(dialog).toContainText(secret);
  }
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Leave without it" }).click();
  await expect(dialog).toHaveCount(0);
  expect(holds(await pageHolds(page), pieces(secret))).toBe(false);
});
