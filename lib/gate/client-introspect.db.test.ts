import { describe, expect, it } from "vitest";
import { type Answered, serveGate } from "@/test/gate";

const FORM = { "content-type": "application/x-www-form-urlencoded" };

type Gate = Awaited<ReturnType<typeof serveGate>>;

const basic = (id: string, secret: string) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString("base64")}`;

const ask = (gate: Gate, authorization: string, token: string): Promise<Answered> =>
  gate.ask("/introspect", {
    method: "POST",
    headers: { ...FORM, authorization },
    body: new URLSearchParams({ token }).toString(),
  });

describe("introspection by a client, with its ID and secret", () => {
  it("tells of what the client sees where it may read tokens, and of nothing else", async () => {
    const gate = await serveGate();
    const { world } = gate;
    const client = await world.addToken(world.admin, { kind: "cls" });
    const poor = await world.addToken(world.admin, { kind: "cls", roleId: await world.addRole("Nothing", []) });
    const token = await world.addToken(world.user);
    const heard = await ask(gate, basic(client.id, client.secret), token.secret);
    expect([heard.status, JSON.parse(heard.text)]).toEqual([
      200,
      expect.objectContaining({ active: true, client_id: token.id }),
    ]);
    for (const [asker, asked] of [
      [poor, token],
      [client, client],
      [poor, poor],
    ] as const) {
      const answer = await ask(gate, basic(asker.id, asker.secret), asked.secret);
      expect([answer.status, answer.text]).toEqual([200, '{"active":false}']);
    }
  });

  it("answers what is wrong with a client's credentials as OAuth has it, and asks about nothing", async () => {
    const gate = await serveGate();
    const { world } = gate;
    const client = await world.addToken(world.admin, { kind: "cls" });
    const token = await world.addToken(world.admin);
    const wrong = [
      basic(client.id, `${client.secret.slice(0, -1)}x`),
      basic(token.id, token.secret),
      basic("nobody", client.secret),
      "Basic ",
      "Basic %%%",
    ];
    for (const authorization of wrong) {
      const answer = await ask(gate, authorization, token.secret);
      expect([authorization, answer.status]).toEqual([authorization, 401]);
      expect(JSON.parse(answer.text)).toMatchObject({ error: "invalid_client" });
      expect(answer.headers["www-authenticate"]).toBe('Basic realm="latchkey", charset="UTF-8"');
      expect(answer.headers["cache-control"]).toBe("no-store");
      expect(answer.text).not.toContain(client.secret);
    }
    const two = await gate.ask("/introspect", {
      method: "POST",
      headers: { ...FORM, authorization: [basic(client.id, client.secret), `Bearer ${token.secret}`] },
      body: `token=${token.secret}`,
    });
    expect([two.status, JSON.parse(two.text).error]).toEqual([400, "invalid_request"]);
    const none = await gate.ask("/introspect", {
      method: "POST",
      headers: { ...FORM, authorization: basic(client.id, client.secret) },
      body: "",
    });
    expect([none.status, JSON.parse(none.text).error]).toEqual([400, "invalid_request"]);
  });
});
