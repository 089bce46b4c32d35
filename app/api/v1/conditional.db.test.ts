import { describe, expect, it } from "vitest";
import { callRoute, serveApi } from "@/test/api";
import { makeWorld } from "@/test/world";
import * as auditEvents from "./audit-events/route";
import * as groups from "./groups/route";
import * as me from "./me/route";
import * as member from "./members/[id]/route";
import * as members from "./members/route";
import * as organization from "./organization/route";
import * as roles from "./roles/route";
import * as tokens from "./tokens/route";

async function scene() {
  const { db, sql, usage } = await serveApi();
  const world = await makeWorld(db, { policy: { tokensMayMint: true } });
  const token = await world.addToken(world.admin);
  const ask = (ifNoneMatch?: string, route = members.GET, method = "GET") =>
    callRoute(route, {
      method,
      token: token.secret,
      params: { id: world.user.memberId },
      headers: ifNoneMatch === undefined ? {} : { "if-none-match": ifNoneMatch },
    });
  // The time of the last use is part of an answer, and is next written in a minute.
  await ask();
  await usage.flush();
  return { db, sql, world, token, ask };
}

describe("an answer to a reading token", () => {
  it("has a strong tag, and 304 without a body for who has it already, also among others and weakly said", async () => {
    const { ask } = await scene();
    for (const { GET } of [members, member, roles, groups, tokens, auditEvents, organization, me]) {
      const first = await ask(undefined, GET);
      const tag = first.headers.get("etag") ?? "";
      expect([first.status, tag]).toEqual([200, expect.stringMatching(/^"[\w-]{27}"$/)]);
      for (const sent of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
        const again = await ask(sent, GET);
        expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", tag]);
        expect(again.headers.get("content-type")).toBeNull();
        expect(again.headers.get("cache-control")).toBe("no-store");
        expect(again.headers.get("x-request-id")).not.toBeNull();
      }
      for (const sent of ['"other"', tag.slice(1, -1), "", `"${tag.slice(1, 20)}"`]) {
        expect((await ask(sent, GET)).text).toBe(first.text);
      }
    }
  });

  it("is told the same way to HEAD", async () => {
    const { ask } = await scene();
    const { headers } = await ask();
    const head = await ask(undefined, members.GET, "HEAD");
    expect([head.status, head.headers.get("etag")]).toEqual([200, headers.get("etag")]);
    expect((await ask(headers.get("etag") ?? "", members.GET, "HEAD")).status).toBe(304);
  });

  it("has another tag as soon as anything in it is another, or another caller sees something else", async () => {
    const { ask, sql, world } = await scene();
    const tag = (await ask()).headers.get("etag") ?? "";
    await sql`update users set name = 'Somebody else' where id = ${world.user.userId}`;
    const changed = await ask(tag);
    expect(changed.status).toBe(200);
    expect(changed.text).toContain("Somebody else");
    expect(changed.headers.get("etag")).not.toBe(tag);
  });

  it("is never 304 to who may not read it any more", async () => {
    const { ask, sql, world, token } = await scene();
    const tag = (await ask()).headers.get("etag") ?? "";
    await sql`update api_tokens set role_id = ${world.roleIds.viewer} where id = ${token.id}`;
    expect([(await ask(tag)).status, (await ask("*")).status]).toEqual([403, 403]);
    await sql`update api_tokens set state = 'deleted', deleted_at = now() where id = ${token.id}`;
    const gone = await ask("*");
    expect([gone.status, gone.headers.get("etag")]).toEqual([401, null]);
  });

  it("has no tag where it holds a secret, and none where it is a problem", async () => {
    const { token, world } = await scene();
    const made = await callRoute(tokens.POST, {
      method: "POST",
      token: token.secret,
      body: { name: "New", role_id: world.roleIds.viewer },
      headers: { "if-none-match": "*" },
    });
    expect([made.status, made.headers.get("etag")]).toEqual([201, null]);
    const odd = await callRoute(members.GET, { token: token.secret, path: "/api/v1/members?odd=1" });
    expect([odd.status, odd.headers.get("etag")]).toEqual([422, null]);
  });
});
