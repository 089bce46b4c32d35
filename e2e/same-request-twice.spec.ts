import { expect, test } from "./fixtures";
import { temporaryMember } from "./temporary-member";
import { createToken, TOKENS, uniqueName } from "./token-dialogs";

test("a rotation that is sent ten times at once with one key makes one secret, and shows it once", async ({
  page,
  signIn,
  api,
}) => {
  const admin = await temporaryMember({ role: "Administrator" });
  await signIn(page, admin.email, { fresh: true });
  await page.goto(TOKENS);
  const client = await api(await createToken(page, uniqueName("Sent again"), { role: "Viewer" }));
  const rotate = (overlap_days: number) =>
    client.post("/api/v1/tokens/self/rotate", {
      data: { overlap_days },
      headers: { "Idempotency-Key": '"once-more"' },
    });

  const answers = await Promise.all(Array.from({ length: 10 }, () => rotate(1)));
  expect(answers.map((answer) => answer.status())).toEqual(Array(10).fill(200));
  const bodies = await Promise.all(answers.map((answer) => answer.json()));
  expect(bodies.filter(({ secret }) => secret !== undefined)).toHaveLength(1);
  expect(bodies.filter(({ secret_notice }) => secret_notice !== undefined)).toHaveLength(9);
  expect(new Set(bodies.map(({ rotation }) => rotation.waiting_since)).size).toBe(1);

  const other = await rotate(2);
  expect([other.status(), (await other.json()).code]).toEqual([422, "idempotency_key_reused"]);
});
