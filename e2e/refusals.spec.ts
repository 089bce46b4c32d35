import type { Page } from "@playwright/test";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, TOKENS, uniqueName } from "./token-dialogs";

const PAGE = `${TOKENS}/refusals`;
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Pastes the id of a request and asks. What was refused a moment ago is written within a second or two. */
async function explain(page: Page, requestId: string): Promise<void> {
  await page.goto(PAGE);
  await page.getByLabel("Request id", { exact: true }).fill(`  ${requestId} `);
  await button(page, "Explain").click();
  await expect(page).toHaveURL(`${PAGE}?request=${requestId}`);
}

test("a call is refused, its request id says which permission was missing, and the page that changes it is a link away", async ({
  page,
  signIn,
  api,
}) => {
  const admin = await temporaryMember({ role: "Administrator" });
  const [memberId] = admin.email.split("@");
  const role = uniqueName("Reader");
  await signIn(page, admin.email, { fresh: true });

  const secret = await test.step("a token has a role that may read the organization, and no more", async () => {
    await page.goto("/roles");
    await button(page, "Add role").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill(role);
    await dialog.getByRole("checkbox", { name: "Read the organization" }).click();
    await dialog.getByRole("button", { name: "Add role", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    await page.goto(TOKENS);
    const made = await createToken(page, uniqueName("Roster sync"), { role });
    await leaveSecret(page);
    return made;
  });

  const caller = await api(secret);
  const call = () => caller.get(`/api/v1/members/${memberId}?note=for-nobody`);
  const refused = await call();
  expect(refused.status()).toBe(403);
  const requestId = refused.headers()["x-request-id"] ?? "";
  expect(await refused.json()).toMatchObject({ code: "insufficient_scope", request_id: requestId });

  await test.step("the page names the permission and the role, and nothing of the secret or the query", async () => {
    await expect(async () => {
      await explain(page, requestId);
      await expect(page.getByRole("heading", { level: 2 })).toHaveText(
        "The API token did not have the permission members:read.",
        { timeout: 1500 },
      );
    }).toPass();
    const chain = page.getByRole("list", { name: "Checks of the call, in order" }).getByRole("listitem");
    await expect(chain.filter({ hasText: "refused the call" })).toHaveText("Permission: refused the call");
    await expect(chain.filter({ hasText: "Secret" })).toHaveText("Secret: passed");
    await expect(chain.filter({ hasText: "not reached" })).toHaveCount(2);
    await expect(page.getByText(`The API token's role ${role} did not allow it.`)).toBeVisible();
    await expect(page.getByText("would be refused now for the same reason")).toBeVisible();
    await expect(page.getByText(`GET /api/v1/members/${memberId}`).first()).toBeVisible();
    const text = await page.locator("body").innerText();
    expect(text).not.toContain("for-nobody");
    expect(text).not.toContain(secret.slice(-20));
    await expectNoAxeViolations(page);
  });

  await test.step("the page of the token has it too, and leads to the same", async () => {
    await page.goto(`${TOKENS}/${idOf(secret)}`);
    const line = page.getByRole("region", { name: "Refused calls" }).getByRole("link", { name: "Lacked members:read" });
    await line.click();
    await expect(page).toHaveURL(`${PAGE}?request=${requestId}`);
  });

  await test.step("the link leads to the roles, where the permission is given", async () => {
    await page.getByRole("region", { name: "What changes it" }).getByRole("link", { name: "Open Roles" }).click();
    await expect(page).toHaveURL("/roles");
    await button(page, `Actions for ${role}`).click();
    await page.getByRole("menuitem", { name: "Change" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "List and read members" }).click();
    await dialog.getByRole("button", { name: "Save changes", exact: true }).click();
    await expect(dialog).toHaveCount(0);
  });

  await test.step("it would be let in now, and is", async () => {
    await explain(page, requestId);
    await expect(page.getByText("The same call would be let in now.")).toBeVisible();
    expect((await caller.get(`/api/v1/members/${memberId}`)).status()).toBe(200);
  });

  await test.step("once the role loses it again, a new refusal says since when", async () => {
    await page.goto("/roles");
    await button(page, `Actions for ${role}`).click();
    await page.getByRole("menuitem", { name: "Change" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: "List and read members" }).click();
    await dialog.getByRole("button", { name: "Save changes", exact: true }).click();
    await dialog.getByRole("button", { name: "Take away and save", exact: true }).click();
    await expect(dialog).toHaveCount(0);
    const again = await call();
    expect(again.status()).toBe(403);
    const id = again.headers()["x-request-id"] ?? "";
    await expect(async () => {
      await explain(page, id);
      await expect(page.getByText(`The role ${role} lost members:read`)).toBeVisible({ timeout: 1500 });
    }).toPass();
  });
});

test("what is no request id, what nobody knows and what is somebody else's say what may be the reason", async ({
  page,
  signIn,
}) => {
  await signIn(page, "user@acme.example");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(PAGE);
  await expect(page.getByRole("heading", { name: "Where to find it" })).toBeVisible();
  await button(page, "Explain").click();
  await expect(page.getByText("Paste the id of a request.")).toBeVisible();
  await page.getByLabel("Request id", { exact: true }).fill("what?");
  await page.keyboard.press("Enter");
  await expect(page.getByText("This is no request id.")).toBeVisible();
  await expectNoAxeViolations(page);
  await explain(page, "0f5d4f4e-nobody-knows-it");
  await expect(page.getByText("No refused call of yours has this id")).toBeVisible();
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
});

test("the palette leads to it, and in the hub to the hub's own", async ({ page, signIn }) => {
  await signIn(page, "partner@harbor.example");
  await page.goto("/hub/api-tokens");
  await page.getByRole("link", { name: "Explain a refused call" }).click();
  await expect(page).toHaveURL("/hub/api-tokens/refusals");
  await page.goto("/hub/api-tokens");
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder("Search or run a command").fill("refused");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/hub/api-tokens/refusals");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Explain a refused call");
  // The console's page is not the hub's.
  await page.goto(`${PAGE}?request=some-request-1`);
  await expect(page).toHaveURL("/hub/api-tokens/refusals?request=some-request-1");
});
