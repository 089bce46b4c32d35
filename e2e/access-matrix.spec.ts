import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { ACTS, deedOf } from "./access-matrix/acts";
import { type ActionRow, type PageRow, type Rows, readRows } from "./access-matrix/build-rows";
import { type Cast, type House, makeCast, type Person } from "./access-matrix/cast";
import { forbiddenFields, isOwnField, otherPlaces } from "./access-matrix/forbidden-fields";
import { foreignWords, STRANGER } from "./access-matrix/foreign-words";
import { changesSomething, isUnknownChange } from "./access-matrix/oracle";
import { type OwnServer, startOwnServer } from "./access-matrix/own-server";
import { each, fillIn, openPage, runAction, send } from "./access-matrix/requests";
import { targetsOf } from "./access-matrix/targets";
import { surprises, tryActions, tryApi, tryPages } from "./access-matrix/trials";
import { deedTargets, readerOfVisitor } from "./access-matrix/visits";

test.describe.configure({ timeout: 240_000 });

let rows: Rows;
let server: OwnServer;
let cast: Cast;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  server = await startOwnServer();
  // Only now: starting may have made the build.
  rows = await readRows();
  cast = await makeCast(server);
});

test.afterAll(async () => server?.stop());

test("every route, page and action of the build declares a guard, and the matrix knows how to try it", () => {
  expect([
    ...rows.unplaced,
    ...rows.api
      .filter(isUnknownChange)
      .map(
        ({ method, path }) =>
          `${method} ${path} changes something: say what should come of it in CHANGES of the oracle.`,
      ),
    ...rows.actions
      .filter(({ name }) => !ACTS[name])
      .map(({ name }) => `${name} is new: say how to try it and what should come of it in ACTS of the access matrix.`),
  ]).toEqual([]);
  expect(rows.api.length).toBeGreaterThan(50);
  expect(rows.pages.length).toBeGreaterThan(8);
  expect(rows.actions.length).toBeGreaterThan(8);
});

// Before the API: what callers asked for in vain, others' ids among it, stands on the pages of their own tokens.
test("each page lets in whom its guard names, in whatever form it is asked for, and shows nobody what is not theirs", async () => {
  const { faults, notFound } = await tryPages({ rows, server, cast });
  expect(faults).toEqual([]);
  expect(notFound).toBeGreaterThan(20);
});

test("the API gives each token what its permission allows in its own organization, and changes nothing else", async () => {
  const { faults, notFound } = await tryApi({ rows, server, cast });
  expect(faults).toEqual([]);
  expect(notFound).toBeGreaterThan(4);
});

test("each action does to what is theirs what the policy allows, and nothing to what is another's", async () => {
  const { faults, notFound } = await tryActions({ rows, server, cast });
  expect(faults).toEqual([]);
  expect(notFound).toBeGreaterThan(3);
});

test("an action replayed with another organization's ids does nothing, whichever page it is sent to", async () => {
  const replays = rows.actions.flatMap((row) => {
    const names = ACTS[row.name]?.names;
    if (!names) return [];
    const others = targetsOf(names, null, cast).slice(0, 1);
    // Pages that do not offer the action pass it on to one that does.
    const pages = rows.pages.map(({ path }) => path);
    return others.flatMap((target) => pages.map((page) => ({ row, target, page })));
  });
  const admin = cast.houses[1]?.people[0] as Person;
  const said = new Set<string>();
  const unwanted = await surprises(
    server,
    () => [],
    () =>
      each(replays, async ({ row, target, page }) => {
        const { input } = await deedOf(row, admin, target, cast);
        said.add((await runAction(server.url, row, { input, headers: admin.headers, page })).said);
      }),
  );
  expect(unwanted).toEqual([]);
  expect([...said].filter((word) => word !== "nothing")).toEqual(["not_found"]);
});

test("a role of another organization is none, and one above one's own is refused, with the same silence", async () => {
  const row = rows.actions.find(({ name }) => name === "createTokenAction") as ActionRow;
  const foreign = await foreignWords(server.sql);
  for (const house of cast.houses.filter(({ access }) => access === "assigned_role")) {
    const answers = new Map<string, string>();
    const user = house.people[2] as Person;
    const ids = {
      above: house.roleIds.administrator,
      elsewhere: cast.nextHouse(house).roleIds.user,
      never: randomUUID(),
    };
    const unwanted = await surprises(
      server,
      () => [],
      async () => {
        for (const [which, role_id] of Object.entries(ids)) {
          const { input } = await deedOf(row, user, null, cast);
          const answer = await runAction(server.url, row, { input: { ...input, role_id }, headers: user.headers });
          answers.set(which, `${answer.said} ${answer.text}`);
          expect(foreign(answer.text, readerOfVisitor(user), "")).toEqual([]);
        }
      },
    );
    expect(unwanted).toEqual([]);
    expect(answers.get("above")).toMatch(/^role_exceeds_yours /);
    expect(answers.get("elsewhere")).toMatch(/^role_not_found /);
    expect(answers.get("elsewhere")).toBe(answers.get("never"));
  }
});

test("an action that was not sent from a page of this instance does nothing", async () => {
  const admin = cast.houses[0]?.people[0] as Person;
  const places = otherPlaces(server.url);
  for (const row of rows.actions) {
    const target = deedTargets(row, admin, cast)[0] ?? null;
    const deeds = await each(places, async (from) => ({ from, deed: await deedOf(row, admin, target, cast) }));
    const said: string[] = [];
    const unwanted = await surprises(
      server,
      () => [],
      () =>
        each(deeds, async ({ from, deed }) => {
          const { input, headers } = deed;
          said.push((await runAction(server.url, row, { input, headers, from })).said);
          // As a form without a script sends it, which a browser does to any site without asking.
          const form = new FormData();
          form.append(`$ACTION_ID_${row.id}`, "");
          for (const [name, value] of Object.entries(input)) form.append(name, String(value));
          await send({
            url: server.url + fillIn(row.pages[0] ?? "/", "000000000000"),
            method: "POST",
            headers: { ...headers, ...from },
            body: form,
          });
        }),
    );
    expect(unwanted, row.name).toEqual([]);
    expect(
      said.filter((word) => word !== "unavailable" && word !== "nothing"),
      row.name,
    ).toEqual([]);
  }
});

test("fields that nobody may set change nothing, in the API and in actions", async () => {
  const faults: string[] = [];
  const house = cast.houses[0] as House;
  const admin = house.people[0] as Person;
  const fields = Object.entries(forbiddenFields(cast.nextHouse(house).people[0] as Person));
  const authorization = `Bearer ${admin.token.secret}`;
  const bodies = rows.api.filter((row) => changesSomething(row) && row.method !== "DELETE");
  const unwanted = await surprises(
    server,
    () => [],
    () =>
      each(
        bodies.flatMap((row) => fields.filter(([name]) => !isOwnField(row, name)).map((field) => ({ row, field }))),
        async ({ row, field: [name, value] }) => {
          const { status } = await send({
            url: server.url + fillIn(row.path, row.names === "member" ? admin.member.memberId : admin.token.id),
            method: row.method,
            headers: { authorization, "content-type": "application/json" },
            body: JSON.stringify({ ...(row.names === "member" ? {} : { name: "Canary" }), [name]: value }),
          });
          if (status !== 422) faults.push(`${row.method} ${row.path} with ${name}: ${status}`);
        },
      ),
  );
  faults.push(...unwanted);
  for (const row of rows.actions) {
    const target = deedTargets(row, admin, cast)[0] ?? null;
    const deeds = await each(fields, async (field) => ({ field, deed: await deedOf(row, admin, target, cast) }));
    const wanted: string[] = [];
    const changed = await surprises(
      server,
      () => wanted,
      () =>
        each(deeds, async ({ field: [name, value], deed }) => {
          // A field of the input itself stays what it is.
          const input = { [name]: value, ...deed.input };
          const answer = await runAction(server.url, row, { input, headers: deed.headers });
          if (answer.said === deed.said) wanted.push(...deed.effects(answer));
          else if (answer.said !== "invalid") faults.push(`${deed.label} with ${name}: ${answer.said}`);
        }),
    );
    const counted = ACTS[row.name]?.counts;
    faults.push(...changed.filter((surprise) => !counted || !surprise.startsWith(`changed ${counted} `)));
  }
  expect(faults).toEqual([]);
});

test("a token and a session weaken with their issuer, a token once its server has heard of it, and recover when they may again", async () => {
  const house = cast.houses.find(({ access }) => access === "assigned_role") as House;
  const { world, roleIds } = house;
  const engineer = await cast.twinOf(house.people[1] as Person);
  const assigned = await cast.newToken(engineer, roleIds.engineer);
  const ask = async (secret: string, path = "/api/v1/members") => {
    const headers = { authorization: `Bearer ${secret}` };
    const { status, text } = await send({ url: server.url + path, headers });
    const { code, detail } = JSON.parse(text);
    return status === 200 ? "200" : `${status} ${code} ${detail ?? ""}`.trim();
  };
  const both = async () => [await ask(engineer.token.secret), await ask(assigned.secret)];
  // Written past every door of this server, so it hears of it by the notice; a door of its own has it read the feed first.
  const hears = async (answers: string[]) => {
    await expect.poll(both, { intervals: [5], timeout: 1000 }).toEqual(answers);
    expect(await both()).toEqual(answers);
  };
  const profile = rows.pages.find(({ path }) => path === "/profile") as PageRow;
  const visit = async () => (await openPage(server.url, profile, "document", engineer)).outcome;
  const good = ["200", "200"];
  const lacking = Array<string>(2).fill("403 insufficient_scope This needs the permission members:read.");
  const invalid = Array<string>(2).fill("401 invalid_token");

  expect(await both()).toEqual(good);
  await world.setRole(engineer.member, roleIds.user);
  await hears(lacking);
  await world.setRole(engineer.member, roleIds.engineer);
  await hears(good);

  // The role itself loses a permission.
  const { sql } = server;
  await sql`update roles set permissions = array_remove(permissions, 'members:read') where id = ${roleIds.engineer}`;
  await hears(lacking);
  await sql`update roles set permissions = permissions || array['members:read'] where id = ${roleIds.engineer}`;
  await hears(good);

  expect(await visit()).toBe("shown");
  await world.deactivate(engineer.member);
  await hears(invalid);
  expect(await visit()).toBe("to /account");
  await sql`update members set status = 'active', deactivated_at = null where id = ${engineer.member.memberId}`;
  await hears(good);
  expect(await visit()).toBe("shown");

  await world.setTokensEnabled(false);
  await hears(invalid);
  await world.setTokensEnabled(true);
  await hears(good);

  // Deleted in the console, and gone for the program; signed out, and gone for the browser.
  const remove = rows.actions.find(({ name }) => name === "deleteTokenAction") as ActionRow;
  const { said } = await runAction(server.url, remove, { input: { id: assigned.id }, headers: engineer.headers });
  expect(said).toBe("ok");
  expect(await both()).toEqual(["200", "401 invalid_token"]);
  await sql`delete from sessions where id = ${engineer.sessionId}`;
  expect(await visit()).toBe("to /sign-in");
});

test("what signs people in tells each browser about itself alone, and does nothing without its own form", async () => {
  const faults: string[] = [];
  const foreign = await foreignWords(server.sql);
  const endpoints = [
    "session",
    "csrf",
    "providers",
    "signin",
    "signout",
    "error",
    "verify-request",
    "callback/password",
    "x",
  ];
  const visitors = cast.visitors.filter(({ house }) => house === null || house === cast.houses[0]);
  const asked = visitors.flatMap((visitor) =>
    endpoints.flatMap((endpoint) => (["GET", "POST"] as const).map((method) => ({ visitor, endpoint, method }))),
  );
  const unwanted = await surprises(
    server,
    () => [],
    () =>
      each(asked, async ({ visitor, endpoint, method }) => {
        const { status, text } = await send({
          url: `${server.url}/api/auth/${endpoint}`,
          method,
          headers: { ...visitor.headers, "content-type": "application/x-www-form-urlencoded" },
          ...(method === "POST" ? { body: "email=admin%40acme.example&password=latchkey-demo" } : {}),
        });
        if (status >= 500) faults.push(`${method} ${endpoint} for ${visitor.label}: ${status}`);
        const words = foreign(
          text,
          visitor.member ? readerOfVisitor(visitor) : { ...STRANGER, userId: visitor.userId },
          "",
        );
        if (words.length > 0) faults.push(`${method} ${endpoint} for ${visitor.label}: shows ${words.join(", ")}`);
      }),
  );
  expect([...faults, ...unwanted]).toEqual([]);
});
