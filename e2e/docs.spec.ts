import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { PROBLEM_PAGES } from "@/lib/http/problem-pages/problem-pages";
import { expect, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createClient, createToken, idOf, TOKENS, uniqueName } from "./token-dialogs";

const shell = (lines: string[]) =>
  promisify(execFile)("sh", ["-c", lines.join("\n")], { env: { ...process.env, no_proxy: "localhost,127.0.0.1" } });

test("the guide leads from create to the first successful call with curl alone, in under two minutes", async ({
  page,
  context,
  signIn,
}) => {
  await signIn(page, "engineer@meridian.example");
  const guide = await context.newPage();
  await guide.goto("/docs/guide#client-credentials");
  const begun = performance.now();
  const chapter = guide.getByRole("region", { name: "Client credentials, in under two minutes" });
  await expect(chapter.getByRole("heading")).toBeInViewport();

  // The first step is the console's, and says which button and which role.
  const [first, ...steps] = await chapter.getByRole("listitem").all();
  await expect(first as NonNullable<typeof first>).toContainText("Generate new token");
  await expect(first as NonNullable<typeof first>).toContainText("Viewer");
  await page.goto(TOKENS);
  const { id, secret } = await createClient(page, uniqueName("Follows the guide"), "Viewer");

  const pasted: Record<string, string> = { "client ID": id, "client secret": secret };
  const typed: string[] = [];
  let said = "";
  for (const step of steps) {
    await step.getByRole("button", { name: /^Copy/ }).click();
    const line = await guide.evaluate(() => navigator.clipboard.readText());
    expect(line, "the button copies what one reads").toBe(await step.locator("pre").textContent());
    if (line.endsWith("=")) {
      const what = (await step.locator("p").first().innerText()).match(/client ID|client secret|that text/)?.[0] ?? "";
      const value = pasted[what] ?? String(JSON.parse(said).access_token);
      typed.push(`${line}${value}`);
      continue;
    }
    const { stdout } = await shell([...typed, line]);
    said = stdout;
  }
  expect(JSON.parse(said)).toMatchObject({ id, kind: "cls" });
  const seconds = (performance.now() - begun) / 1000;
  expect(seconds, "the page's own words").toBeLessThan(120);

  const call = (await (steps.at(-1) as NonNullable<typeof first>).locator("pre").textContent()) ?? "";
  const { stdout: status } = await shell([...typed, `${call} -s -o /dev/null -w '%{http_code}'`]);
  expect(status).toBe("200");
});

test("the reference asks nobody but this server, tries a call with one's own token, and keeps nothing of it", async ({
  page,
  context,
  signIn,
  baseURL,
}) => {
  const member = await temporaryMember({ role: "User" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const secret = await createToken(page, uniqueName("Tried in the reference"));

  const reference = await context.newPage();
  const outside: string[] = [];
  const violations: string[] = [];
  reference.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== baseURL) outside.push(request.url());
  });
  await reference.exposeFunction("tellViolation", (violation: string) => violations.push(violation));
  await reference.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
      (window as unknown as { tellViolation: (text: string) => void }).tellViolation(
        `${violatedDirective} ${blockedURI}`,
      ),
    );
  });
  await reference.goto("/docs");
  await expect(reference.getByRole("heading", { level: 1, name: "Latchkey" })).toBeVisible();
  await reference.getByPlaceholder("Token").first().fill(secret);
  await reference
    .getByRole("button", { name: /^Test Request.*get \/api\/v1\/me\)/ })
    .first()
    .click();
  const dialog = reference.getByRole("dialog");
  await expect(dialog.getByText("Headers").first()).toBeVisible();
  await expect(dialog.getByText("Cookies").filter({ visible: true }), "none counts").toHaveCount(0);
  const answered = reference.waitForResponse("**/api/v1/me");
  await dialog.getByRole("button", { name: /^Send .*\/api\/v1\/me$/ }).click();
  const answer = await answered;
  expect(answer.status()).toBe(200);
  expect(answer.request().headers().authorization).toBe(`Bearer ${secret}`);
  expect(answer.request().headers().cookie, "no session goes along").toBeUndefined();
  await expect(dialog).toContainText(idOf(secret));

  const kept = await reference.evaluate(async () =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, await indexedDB.databases()]),
  );
  expect(kept).not.toContain(secret.slice(20));
  expect(reference.url()).not.toContain(secret.slice(20));
  await reference.reload();
  await expect(reference.getByPlaceholder("Token").first()).toHaveValue("");
  expect(outside).toEqual([]);
  expect(violations).toEqual([]);
});

test("every problem has its page, and a refusal leads to its own", async ({ page, api, expectProblem }) => {
  expectProblem(/status of 404/);
  const refused = await (await (await api()).get("/api/v1/me")).json();
  await page.goto(refused.type);
  await expect(page.getByRole("heading", { level: 1, name: "missing_token" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "How to mend it" })).toBeVisible();

  await page.getByRole("link", { name: "All problems" }).click();
  await expect(page.getByRole("status")).toHaveText(`${PROBLEM_PAGES.size} problems`);
  const search = page.getByRole("searchbox", { name: "Search problems" });
  const contents = page.getByRole("navigation", { name: "Contents" }).getByRole("link");
  const all = await contents.count();
  await search.fill("no problem has these");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(0);
  await expect(contents).toHaveCount(0);
  await page.getByRole("main").getByText("Clear search").click();
  await expect(search).toHaveValue("");
  await expect(search).toBeFocused();
  await expect(contents).toHaveCount(all);
  await search.fill("429 calls");
  await expect(page.getByRole("button", { name: "Clear search" })).toBeVisible();
  await expect(page).toHaveURL("/docs/problems?q=429+calls");
  await page.reload();
  await expect(search).toHaveValue("429 calls");
  await expect(contents).toHaveText([/^429 /]);
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(1);
  await page.getByRole("link", { name: /^rate_limited/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "rate_limited" })).toBeVisible();

  for (const { code, status } of PROBLEM_PAGES.values()) {
    const answer = await page.request.get(`/docs/problems/${code}`);
    expect([answer.status(), (await answer.text()).includes(`>${status}<`)], code).toEqual([200, true]);
  }
  for (const code of ["no_such_code", "constructor", "__proto__", "%00"]) {
    expect((await page.request.get(`/docs/problems/${code}`)).status(), code).not.toBe(200);
  }
  await page.goto("/docs/problems/no_such_code");
  await expect(page.getByText("There is nothing here")).toBeVisible();
});

test("a problem's page leads to the endpoints that answer so, and the guide to the reference and back", async ({
  page,
}) => {
  await page.goto("/docs/problems/no_rotation");
  await page.getByRole("link", { name: /^Cancel a rotation/ }).click();
  await expect(page.getByRole("heading", { name: "Cancel a rotation" })).toBeInViewport();
  const documentation = page.getByRole("navigation", { name: "Documentation" });
  await documentation.getByRole("link", { name: "Guide" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "API guide" })).toBeVisible();
  await documentation.getByRole("link", { name: "Reference" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Latchkey" })).toBeVisible();
});
