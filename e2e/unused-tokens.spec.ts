import type { Page } from "@playwright/test";
import { withDatabase } from "./database";
import { expect, expectNoAxeViolations, expectNoSidewaysScroll, test } from "./fixtures";
import { deleteUnused, mailsTo } from "./passing-days";
import { temporaryMember } from "./temporary-member";
import { createToken, idOf, leaveSecret, rowOf, TOKENS, uniqueName } from "./token-dialogs";

const POLICY = "/settings/token-policy";

async function expectGoodForAll(page: Page): Promise<void> {
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
}

/** All that is known of these tokens happened so much earlier, and what was told of them is due so much sooner. */
const letDaysPass = (ids: string[], days: number) =>
  withDatabase((sql) =>
    sql.begin(async (tx) => {
      const passed = tx`${days} * interval '24 hours'`;
      await tx`
        update api_tokens set created_at = created_at - ${passed}, last_used_at = last_used_at - ${passed}
        where id = any(${ids})`;
      await tx`
        update inactivity_notices set noticed_at = noticed_at - ${passed}, due_at = due_at - ${passed}
        where token_id = any(${ids})`;
      await tx`update token_callers set last_at = last_at - ${passed} where token_id = any(${ids})`;
      await tx`
        update inactivity_watches set since = since - ${passed}
        where organization_id in (select organization_id from api_tokens where id = any(${ids}))`;
    }),
  );

test("tokens that nobody uses are told of before they are deleted, and one call keeps a token", async ({
  page,
  signIn,
  api,
}) => {
  const member = await temporaryMember({ role: "Administrator" });
  await signIn(page, member.email, { fresh: true });
  await page.goto(TOKENS);
  const [kept, gone] = [uniqueName("Still needed"), uniqueName("Forgotten")];
  const secret = await createToken(page, kept, { role: "Administrator" });
  await leaveSecret(page);
  const other = await createToken(page, gone, { role: "Administrator" });
  await leaveSecret(page);
  const ids = [idOf(secret), idOf(other)];
  await letDaysPass(ids, 100);
  const statusOf = async (token: string) => (await (await api(token)).get("/api/v1/me")).status();

  await test.step("the policy page says of how many will be told, and when the first goes", async () => {
    await page.goto(POLICY);
    await page.getByRole("textbox", { name: "Delete unused tokens" }).fill("90");
    await page
      .getByRole("region", { name: "Unsaved changes" })
      .getByRole("button", { name: "Preview changes" })
      .click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(/No API token has been unused for \d+ days yet/);
    await expect(dialog).toContainText("Saving deletes none of them");
    await expectGoodForAll(page);
    await dialog.getByRole("button", { name: "Save policy" }).click();
    await expect(page.getByText("Policy saved")).toBeVisible();
  });

  await test.step("ninety days later they are told of, in the table, on their page, at the bell and by mail", async () => {
    await deleteUnused();
    expect(await mailsTo(member.email)).not.toContain("token_inactive");
    await letDaysPass(ids, 90);
    await deleteUnused();
    expect((await mailsTo(member.email)).filter((kind) => kind === "token_inactive")).toHaveLength(1);
    await page.goto(TOKENS);
    for (const name of [kept, gone]) await expect(rowOf(page, name)).toContainText("deleted in 7 days");
    await expectGoodForAll(page);
    await page.goto("/notifications");
    await expect(page.getByRole("list", { name: "Notifications" })).toContainText("unused API tokens");
    await page.goto(`${TOKENS}/${ids[0]}`);
    await expect(page.getByText("Will be deleted in 7 days unless it is used")).toBeVisible();
    await expectGoodForAll(page);
  });

  await test.step("one call takes the notice back", async () => {
    expect(await statusOf(secret)).toBe(200);
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole("heading", { name: kept })).toBeVisible();
      await expect(page.getByText("unless it is used")).toHaveCount(0, { timeout: 500 });
    }).toPass();
  });

  await test.step("a week later the other one is gone, and its page says why", async () => {
    await letDaysPass(ids, 7.1);
    await deleteUnused();
    await page.goto(TOKENS);
    await expect(rowOf(page, kept)).toContainText("Active");
    await page.goto(`${TOKENS}/${ids[1]}`);
    // Above all the rest, and in its history.
    await expect(page.getByText("by the policy, because nobody used it for more than 90 days")).toHaveCount(2);
    expect(await statusOf(other)).toBe(401);
    expect(await statusOf(secret)).toBe(200);
  });
});
