import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { exchangeClientCredentials } from "@/lib/oauth/exchange-client-credentials";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { PlainToken } from "@/lib/tokens/token-secret";
import { startInstance } from "@/test/instance";
import { codeOf, rotationScene } from "@/test/rotation-scene";

/** Two instances at which a client exchanges its secrets; the first use of one takes the place of another. */
async function exchangeScene() {
  const scene = await rotationScene({ kind: "cls" });
  const { one, other, token, db } = scene;
  /** At an instance, up to being let in. Returns what then makes the access token. */
  async function begin(instance: typeof one, secret: string) {
    const caller = { ip: null, agent: null, requestId: null };
    const admission = await instance.admitClient({ clientId: token.id, secret: new PlainToken(secret), ...caller });
    if (!admission.ok || admission.actor.kind !== "token") throw new Error("the client was not let in");
    const { actor, token: client } = admission;
    const form = new Map([
      ["grant_type", "client_credentials"],
      ["scope", "tokens:read"],
    ]);
    return async () => (await exchangeClientCredentials({ actor, token: client, form }, { db })).access_token;
  }
  const exchange = async (secret: string) => (await begin(one, secret))();
  return {
    ...scene,
    begin,
    exchange,
    /** Asks for a new secret and uses it, a while after the one before. Returns the access token that it got. */
    async change(overlap: number): Promise<string> {
      const text = await exchange(await scene.rotate(overlap));
      await scene.wait();
      await scene.hear();
      return text;
    },
    /** What both instances make of it; they are of one mind. */
    async standing(text: string) {
      const [here, there] = await Promise.all([standingAt(one, text), standingAt(other, text)]);
      expect(there).toBe(here);
      return here;
    },
  };
}

async function standingAt(instance: Awaited<ReturnType<typeof rotationScene>>["one"], text: string) {
  const found = await instance.check(text);
  if (found.outcome !== "allowed") return found.outcome;
  return found.actor.kind === "token" && found.actor.superseded ? "reads" : "allowed";
}

describe("an access token of a client's secret", () => {
  it("does not come back with a later change, once its secret has ended", async () => {
    const { exchange, change, standing, token, one } = await exchangeScene();
    const first = await exchange(token.secret);
    expect(await standing(first)).toBe("allowed");
    const second = await change(0);
    expect([await standing(first), await standing(second)]).toEqual(["expired", "allowed"]);
    const third = await change(1);
    expect([await standing(first), await standing(second), await standing(third)]).toEqual([
      "expired",
      "reads",
      "allowed",
    ]);
    expect(await codeOf(one, first)).toBe("invalid_token");
  });

  it("ends with its own secret, and not with the one that came after", async () => {
    const { exchange, change, standing, token, sql, hear } = await exchangeScene();
    const first = await exchange(token.secret);
    const second = await change(7);
    expect([await standing(first), await standing(second)]).toEqual(["reads", "allowed"]);
    const third = await change(7);
    expect([await standing(first), await standing(second)]).toEqual(["expired", "reads"]);
    await sql`update api_tokens set previous_ends_at = now()`;
    await hear();
    expect([await standing(second), await standing(third)]).toEqual(["expired", "allowed"]);
  });

  it.each([
    [0, "expired"],
    [1, "reads"],
  ])(
    "is no more than it where it was let in before a change with an overlap of %i days and signed after: it %s",
    async (overlap, becomes) => {
      const { begin, change, standing, token, other } = await exchangeScene();
      const sign = await begin(other, token.secret);
      await change(overlap);
      expect(await standing(await sign())).toBe(becomes);
    },
  );

  it("is of the very second of the change and no more than it, whichever was first", async () => {
    const { begin, rotate, standing, token, other, one, hear } = await exchangeScene();
    const [before, during] = [await begin(other, token.secret), await begin(one, token.secret)];
    const former = await before();
    const fresh = await (await begin(one, await rotate(0)))();
    const late = await during();
    await hear();
    expect([await standing(former), await standing(late), await standing(fresh)]).toEqual([
      "expired",
      "expired",
      "allowed",
    ]);
  });

  it("may do all that its client may where an instance has not heard of the change yet", async () => {
    const { exchange, rotate, standing, token, other } = await exchangeScene();
    const former = await exchange(token.secret);
    const fresh = await rotate(1);
    expect(await standing(former)).toBe("allowed");
    const release = other.hold();
    const text = await exchange(fresh);
    release();
    expect(await standing(text)).toBe("allowed");
  });

  it("goes on as it was where the same secret is hashed under another pepper", async () => {
    const { url, begin, exchange, hear, row, standing, token } = await exchangeScene();
    const first = await exchange(token.secret);
    const { peppers } = mintingKeys();
    const current = { id: "newer", key: createSecretKey(randomBytes(32)) };
    const byId = new Map([[current.id, current], ...peppers.byId]);
    const renewing = await startInstance(url, { peppers: { current, byId } });
    await begin(renewing, token.secret);
    await renewing.close();
    await hear();
    expect(await row()).toMatchObject({ pepperId: "newer", secretGeneration: 0 });
    expect(await standing(first)).toBe("allowed");
  });
});
