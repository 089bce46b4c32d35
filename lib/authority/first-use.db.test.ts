import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { secretUses, tokenPolicies } from "@/db/schema";
import { admissionHeaders } from "@/lib/http/admission-headers";
import { mintToken, PlainToken } from "@/lib/tokens/token-secret";
import { codeOf, rotationScene } from "@/test/rotation-scene";
import { MISSES_A_MINUTE } from "./address-misses";
import { createPromote } from "./promote-secret";

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY);
const daysUntil = (at: Date | null) => Math.abs(Math.round(((at?.getTime() ?? Number.NaN) - Date.now()) / DAY));

describe("the expiry at the first use", () => {
  it("is no later than the policy of that moment lets it be, counted from the rotation", async () => {
    const { db, one, row, rotate } = await rotationScene(
      { createdAt: inDays(-300), expiresAt: inDays(10) },
      { expiry: "optional", expiryDays: 365 },
    );
    const fresh = await rotate();
    expect(daysUntil((await row()).pendingExpiresAt)).toBe(310);
    await db.update(tokenPolicies).set({ expiryDays: 30 });
    expect(await codeOf(one, fresh)).toBe("ok");
    const { expiresAt, expirySetAt } = await row();
    expect(daysUntil(expiresAt)).toBe(30);
    expect((expiresAt?.getTime() ?? 0) - (expirySetAt?.getTime() ?? 0)).toBe(30 * DAY);
  });

  it("stays the token's own where the policy of that moment asks for an earlier one", async () => {
    const { db, one, row, rotate } = await rotationScene(
      { createdAt: inDays(-300), expiresAt: inDays(65) },
      { expiry: "optional", expiryDays: 365 },
    );
    const before = await row();
    const fresh = await rotate();
    await db.update(tokenPolicies).set({ expiryDays: 30 });
    expect(await codeOf(one, fresh)).toBe("ok");
    expect(await row()).toMatchObject({ expiresAt: before.expiresAt, expirySetAt: null });
  });
});

describe("a token that is over", () => {
  it("is not brought back by a first use that was let through before its end", async () => {
    const { sql, row, rotate, token } = await rotationScene(
      { createdAt: inDays(-355), expiresAt: inDays(10) },
      { expiry: "optional", expiryDays: 365 },
    );
    await rotate();
    const { pendingHash } = await row();
    const promote = createPromote({ sql });
    const first = () =>
      promote({ tokenId: token.id, hash: pendingHash as never }, { ip: null, agent: null, requestId: null });
    await sql`update api_tokens set expires_at = now(), expiry_set_at = null where id = ${token.id}`;
    expect(await first()).toBe(false);
    await sql`update api_tokens set state = 'expired' where id = ${token.id}`;
    expect(await first()).toBe(false);
    expect(await row()).toMatchObject({ state: "expired", rotatedAt: null });
    expect(daysUntil((await row()).expiresAt)).toBe(0);
  });
});

describe("who uses which secret", () => {
  it("is told by the secret that was replaced, though the one before it was used later", async () => {
    const { db, one, token, rotate, hear } = await rotationScene();
    const second = await rotate(7);
    expect(await codeOf(one, second, "192.0.2.2")).toBe("ok");
    await hear();
    expect(await codeOf(one, token.secret, "192.0.2.1")).toBe("ok");
    await one.usage.flush({ everything: true });
    const third = await rotate(7);
    expect(await codeOf(one, third, "192.0.2.3")).toBe("ok");
    const uses = await db
      .select({ secret: secretUses.secret, ip: secretUses.ip })
      .from(secretUses)
      .where(eq(secretUses.tokenId, token.id))
      .orderBy(secretUses.secret);
    expect(uses).toEqual([
      { secret: "current", ip: "192.0.2.3" },
      { secret: "previous", ip: "192.0.2.2" },
    ]);
  });

  it("is told by the last use of all where one secret alone worked", async () => {
    const { db, sql, one, rotate, token, hear } = await rotationScene();
    const second = await rotate(0);
    expect(await codeOf(one, second, "192.0.2.2")).toBe("ok");
    await sql`update api_tokens set rotated_at = rotated_at - interval '1 minute' where id = ${token.id}`;
    await hear();
    expect(await codeOf(one, second, "192.0.2.4")).toBe("ok");
    await one.usage.flush({ everything: true });
    const third = await rotate(7);
    expect(await codeOf(one, third, "192.0.2.3")).toBe("ok");
    const previous = await db.select().from(secretUses).where(eq(secretUses.secret, "previous"));
    expect(previous).toMatchObject([{ ip: "192.0.2.4" }]);
  });
});

describe("the event of a first use", () => {
  it("names the request that was the first", async () => {
    const { one, rotate, events } = await rotationScene();
    const fresh = await rotate();
    const credential = new PlainToken(fresh);
    const call = { credential, permissions: [], ip: "192.0.2.9", agent: "job/1", requestId: "req-first" };
    expect(await one.admit(call)).toMatchObject({ ok: true });
    expect((await events()).at(-1)).toMatchObject({
      action: "token.secret_replaced",
      requestId: "req-first",
      ip: "192.0.2.9",
    });
  });
});

describe("the end that its holder is told", () => {
  it("is that of the secret, where another has replaced it", async () => {
    const { one, token, rotate, row, hear } = await rotationScene({ expiresAt: inDays(30) });
    const fresh = await rotate(2);
    const told = async (secret: string) => admissionHeaders(await one.use(secret), [])["Latchkey-Token-Expires"];
    expect(await told(token.secret)).toBe((await row()).expiresAt?.toISOString());
    expect(await codeOf(one, fresh)).toBe("ok");
    await hear();
    const { previousEndsAt, expiresAt } = await row();
    expect(daysUntil(previousEndsAt)).toBe(2);
    expect(await told(token.secret)).toBe(previousEndsAt?.toISOString());
    expect(await told(fresh)).toBe(expiresAt?.toISOString());
  });
});

describe("a secret of which an instance has not heard", () => {
  it("is taken where it was made before the call, though memory has the token and the feed says nothing", async () => {
    const { sql, one, other, token, rotate } = await rotationScene();
    for (const instance of [one, other]) expect(await codeOf(instance, token.secret)).toBe("ok");
    // Cut: what happens from now on is told to nobody.
    await sql`alter table api_tokens disable trigger user`;
    const fresh = await rotate(1, { unheard: true });
    const lookups = other.lookups.count;
    expect(await codeOf(other, fresh, "192.0.2.1")).toBe("ok");
    expect(other.lookups.count).toBeGreaterThan(lookups);
    // The right ones are answered from memory as before.
    expect(one.use(token.secret)).toMatchObject({ ok: true });
    expect(await codeOf(one, fresh, "192.0.2.1")).toBe("ok");
  });

  it("costs a query a wrong secret, and of those an address or a token has no more than a few hundred a minute", async () => {
    const { one, token } = await rotationScene();
    expect(await codeOf(one, token.secret)).toBe("ok");
    const guess = mintToken("lk", "pat", token.id).plain.reveal();
    for (const ip of ["192.0.2.1", null]) {
      const before = one.lookups.count;
      for (let n = 0; n < MISSES_A_MINUTE + 20; n++) expect(await codeOf(one, guess, ip)).toBe("invalid_token");
      expect(one.lookups.count - before).toBeLessThanOrEqual(MISSES_A_MINUTE);
      expect(one.lookups.count - before).toBeGreaterThan(1);
    }
    // Nobody else is held to it, the address itself neither.
    expect(one.use(token.secret, "192.0.2.1")).toMatchObject({ ok: true });
  });
});
