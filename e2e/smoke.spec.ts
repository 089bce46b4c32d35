import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";

test("the server is alive, and the API tells a stranger nothing but how to sign in", async ({ api }) => {
  const stranger = await api();
  expect((await stranger.get("/healthz")).status()).toBe(200);
  const refused = await stranger.get("/api/v1/me");
  expect(refused.status()).toBe(401);
  expect(refused.headers()["www-authenticate"]).toMatch(/^Bearer realm="latchkey"/);
});

test("nobody sees the tokens without signing in", async ({ page }) => {
  await page.goto("/settings/api-tokens");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
});

test("a member who has signed in sees the tokens of their organization", async ({ page, signIn }) => {
  await signIn(page, "admin@acme.example");
  await page.goto("/settings/api-tokens");
  await expect(page.getByRole("heading", { level: 1, name: "API tokens" })).toBeVisible();
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
});
