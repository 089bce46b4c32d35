import { expect, it } from "vitest";
import { setPlan } from "@/lib/organizations/set-plan";
import { switchTokens } from "@/lib/organizations/switch-tokens";
import { callRoute, serveApi } from "@/test/api";
import { operatorSession } from "@/test/operator";
import { contextOf, makeWorld } from "@/test/world";
import { GET } from "./me/route";

it("stops every token of the organization at its next call while tokens are off, and no other's, and lets them back", async () => {
  const { db } = await serveApi();
  const world = await makeWorld(db);
  const next = await makeWorld(db);
  const [mine, colleagues, theirs] = await Promise.all([
    world.addToken(world.admin),
    world.addToken(world.user),
    next.addToken(next.user),
  ]);
  const statuses = async () => {
    const answers = await Promise.all(
      [mine, colleagues, theirs].map(({ secret }) => callRoute(GET, { token: secret })),
    );
    return answers.map(({ status }) => status);
  };
  const organization_id = world.organizationId;
  const turn = (enabled: boolean) =>
    switchTokens(operatorSession(), { organization_id, enabled, reason: enabled ? null : "Unpaid" }, contextOf(db));

  expect(await statuses()).toEqual([200, 200, 200]);
  await turn(false);
  expect(await statuses()).toEqual([401, 401, 200]);
  const refused = await callRoute(GET, { token: mine.secret });
  expect(refused.json).toMatchObject({ code: "invalid_token" });
  // Why it is refused is for the organization's people, not for whoever holds the token.
  expect(refused.text).not.toContain("Unpaid");
  await turn(true);
  expect(await statuses()).toEqual([200, 200, 200]);
  await setPlan(operatorSession(), { organization_id, plan: "starter" }, contextOf(db));
  expect(await statuses()).toEqual([401, 401, 200]);
  await setPlan(operatorSession(), { organization_id, plan: "pro" }, contextOf(db));
  expect(await statuses()).toEqual([401, 401, 200]);
  await turn(true);
  expect(await statuses()).toEqual([200, 200, 200]);
});
