import { readFile } from "node:fs/promises";
import { expect, inject, it } from "vitest";
import { dumpDatabase, filesHolding } from "@/e2e/server-traces";
import { makeScene, PASSWORD, servedDatabase } from "./scene";

const url = inject("servedUrl");
const { db } = servedDatabase();

/** Any of these would give a third of a credential away, or tell whose it is. */
function pieces(secret: string): string[] {
  const body = secret.includes(".") ? (secret.split(".")[2] ?? "") : (secret.split("_")[3] ?? secret).slice(0, 43);
  const size = Math.ceil(body.length / 3);
  const parts = [body.slice(0, size), body.slice(size, 2 * size), body.slice(2 * size)];
  return [...parts, ...parts.map((part) => Buffer.from(part).toString("hex"))];
}

it("keeps no secret of OAuth, whichever way it came and whatever became of it: in no log, table, file or other answer", async () => {
  const { client, person, world } = await makeScene(db);
  const basic = Buffer.from(`${client.id}:${client.secret}`).toString("base64");
  const answers: { to: string; text: string }[] = [];

  async function send(path: string, init: RequestInit = {}): Promise<{ status: number; json: Record<string, string> }> {
    const answer = await fetch(`${url}${path}`, { redirect: "manual", ...init });
    const text = await answer.text();
    answers.push({ to: `${init.method ?? "GET"} ${path}`, text: JSON.stringify([...answer.headers]) + text });
    return { status: answer.status, json: text.startsWith("{") ? JSON.parse(text) : {} };
  }
  const post = (path: string, body: URLSearchParams | string, headers: Record<string, string> = {}) =>
    send(`/api/v1${path}`, { method: "POST", body, headers });
  const form = (fields: Record<string, string>) => new URLSearchParams(fields);
  const json = (path: string, body: object) => post(path, JSON.stringify(body), { "content-type": "application/json" });
  const withBasic = { authorization: `Basic ${basic}` };
  const grant = { grant_type: "client_credentials" };
  const inForm = { client_id: client.id, client_secret: client.secret };

  const [first, second] = [
    await post("/oauth/token", form(grant), withBasic),
    await post("/oauth/token", form({ ...grant, ...inForm })),
  ];
  const login = await json("/auth/login", { email: person.email, password: PASSWORD });
  const refreshed = await json("/auth/refresh", { refresh_token: login.json.refresh_token });
  const given = answers.splice(0);
  expect([first, second, login, refreshed].map(({ status }) => status)).toEqual([200, 200, 200, 200]);

  const secrets = [
    client.secret,
    ...[first, second, login, refreshed].flatMap(({ json: { access_token: access, refresh_token: refresh } }) =>
      [access, refresh].filter((secret) => secret !== undefined),
    ),
  ];
  expect(secrets).toHaveLength(7);

  // What is right, and what is wrong in every place where a credential might come.
  await json("/auth/refresh", { refresh_token: login.json.refresh_token });
  await json("/auth/login", { email: person.email, password: `${PASSWORD}!` });
  await json("/auth/login", { email: client.secret, password: client.secret });
  for (const secret of secrets) {
    await send("/api/v1/me", { headers: { authorization: `Bearer ${secret}` } });
    await send("/api/v1/me", { headers: { authorization: `Bearer ${secret}x` } });
    await send("/api/v1/me", { headers: { authorization: `Basic ${secret}` } });
    await send("/api/v1/me", { headers: { authorization: secret } });
    await send(`/api/v1/me?access_token=${secret}`);
    await send(`/api/v1/tokens?q=${secret}`, { headers: { authorization: `Bearer ${secret}` } });
    await send(`/api/v1/tokens/${secret}`, { headers: { authorization: `Bearer ${secret}` } });
    await send(`/api/v1/${secret}`);
    await send(`/oauth/token?client_secret=${secret}`);
    await post(`/oauth/token?client_secret=${secret}`, form(grant), withBasic);
    await post("/oauth/token", form({ ...grant, client_id: client.id, client_secret: `${secret}x` }));
    await post("/oauth/token", form({ ...grant, ...inForm, scope: secret, resource: secret }));
    await post("/oauth/token", form({ ...grant, ...inForm }), { authorization: `Basic ${secret}` });
    await post("/oauth/token", JSON.stringify({ ...grant, client_secret: secret }));
    await post("/oauth/introspect", form({ token: `${secret}x` }), withBasic);
    await post("/oauth/introspect", form({ token: secret, token_type_hint: secret }), withBasic);
    await json("/auth/refresh", { refresh_token: `${secret}x` });
    await json("/auth/refresh", { refresh_token: secret, [secret]: secret });
  }
  for (const secret of secrets.slice(1)) await post("/oauth/revoke", form({ token: secret }), withBasic);

  const all = [...secrets, basic].flatMap(pieces).concat(PASSWORD);
  const held = (text: string) => all.filter((piece) => text.includes(piece));
  expect(
    held(given.map(({ text }) => text).join("\n")).length,
    "the search finds them where they are given",
  ).toBeGreaterThan(12);
  const telling = answers.filter(({ text }) => held(text).length > 0);
  expect([...new Set(telling.map(({ to }) => to.replace(/[\w.-]{60,}/g, "…")))], "another answer").toEqual([]);

  const log = await readFile(inject("servedLog"), "utf8");
  expect(log).toContain("/api/v1/oauth/token");
  expect(held(log), "the log").toEqual([]);

  process.env.E2E_DATA_DIR = inject("servedFolder");
  const dump = await dumpDatabase();
  expect(dump).toContain(client.id);
  expect(dump).toContain(world.organizationId);
  expect(held(dump), "the database").toEqual([]);
  expect(await filesHolding(inject("servedFolder"), [client.id])).not.toEqual([]);
  expect(await filesHolding(inject("servedFolder"), all)).toEqual([]);
});
