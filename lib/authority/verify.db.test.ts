import { createSecretKey, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import postgres, { type ISql } from "postgres";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Db } from "@/db/client";
import { apiTokens, roles } from "@/db/schema";
import { deleteToken } from "@/lib/tokens/delete-token";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { type HashedToken, mintToken, PlainToken } from "@/lib/tokens/token-secret";
import { freshDatabase, withRollback } from "@/test/database";
import { forgeToken, withChecksum } from "@/test/forge-token";
import { contextOf, makeWorld } from "@/test/world";
import { LookupLate } from "./answer-within";
import { createVerify, type VerifyOptions } from "./verify";

const verifyOn = (sql: ISql, wish: Partial<VerifyOptions> = {}) => {
  const verify = createVerify({ sql, peppers: mintingKeys().peppers, ...wish });
  return async (credential: string) => verify(new PlainToken(credential));
};

/** The statements that go through, counted; each may be held back before its answer is given on. */
function watched(sql: ISql, hold: (statement: number) => Promise<void> = async () => {}) {
  const seen = { statements: 0, sql: undefined as unknown as ISql };
  seen.sql = (async (strings: TemplateStringsArray, ...values: never[]) => {
    const statement = ++seen.statements;
    const rows = await sql(strings, ...values);
    await hold(statement);
    return rows;
  }) as unknown as ISql;
  return seen;
}

/** Statements that fail with `error` until it is null. */
function failing(sql: ISql, error: Error | null) {
  const failing = { error, sql: undefined as unknown as ISql };
  failing.sql = ((strings: TemplateStringsArray, ...values: never[]) =>
    failing.error ? Promise.reject(failing.error) : sql(strings, ...values)) as unknown as ISql;
  return failing;
}

// Instants are the database's own here: expiry is decided by its clock.
const inSeconds = async (sql: ISql, seconds: number): Promise<Date> => {
  const [row] = await sql<{ at: string }[]>`select (now() + make_interval(secs => ${seconds}))::text as at`;
  return new Date(row!.at);
};

describe("a token that is presented", () => {
  it("acts for its issuer, with its role and the issuer's groups", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const groupId = await world.addGroup("Platform", [world.engineer], [world.engineer]);
      const token = await world.addToken(world.engineer, { roleId: world.roleIds.viewer, name: "CI" });
      const found = await verifyOn(sql)(token.secret);
      expect(found).toMatchObject({
        outcome: "allowed",
        known: { organizationId: world.organizationId, tokenId: token.id },
        token: { name: "CI", role: { name: "Viewer" }, issuer: { role: { name: "Engineer" } }, expiresAt: null },
      });
      if (found.outcome !== "allowed") return;
      expect(found.actor).toMatchObject({ kind: "token", memberId: world.engineer.memberId, tokenId: token.id });
      expect([...found.actor.permissions].sort()).toEqual(["organization:read", "roles:read", "tokens:read"]);
      expect(found.actor.groups).toEqual([{ id: groupId, name: "Platform", isAdministrator: true }]);
    });
  });

  it("may do all that its issuer may where it has no role, and never more than that where it has", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const permissionsOf = async (roleId: string | null) => {
        const found = await verifyOn(sql)((await world.addToken(world.user, { roleId })).secret);
        return found.outcome === "allowed" ? [...found.actor.permissions].sort() : [];
      };
      const users = [...world.user.permissions].sort();
      expect(await permissionsOf(null)).toEqual(users);
      expect(await permissionsOf(world.roleIds.administrator)).toEqual(users);
    });
  });

  it("is refused from the instant of its expiry by the database's clock, and not before", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const outcomeAt = async (seconds: number) =>
        (await verifyOn(sql)((await world.addToken(world.user, { expiresAt: await inSeconds(sql, seconds) })).secret))
          .outcome;
      expect(await outcomeAt(0)).toBe("expired");
      expect(await outcomeAt(1)).toBe("allowed");
    });
  });

  it("is told apart inside, whatever its bearer hears", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const verify = verifyOn(sql);
      const live = await world.addToken(world.user);
      const deleted = await world.addToken(world.user, { deletedAt: new Date() });
      const other = mintToken("lk", "pat").plain.reveal();
      const forged = forgeToken(live.secret, other);
      expect((await verify(live.secret)).outcome).toBe("allowed");
      expect((await verify(deleted.secret)).outcome).toBe("deleted");
      expect((await verify(other)).outcome).toBe("unknown");
      expect((await verify(forged)).outcome).toBe("wrong_secret");
      expect((await verify("lk_pat_nonsense")).outcome).toBe("malformed");
    });
  });

  it("is weaker at the very next call when the issuer's role is lowered, and nothing when they are deactivated", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const verify = verifyOn(sql);
      const token = await world.addToken(world.engineer);
      const may = async (permission: string) => {
        const found = await verify(token.secret);
        return found.outcome === "allowed" ? found.actor.permissions.has(permission) : found.outcome;
      };
      expect(await may("members:read")).toBe(true);
      await world.setRole(world.engineer, world.roleIds.viewer);
      expect(await may("members:read")).toBe(false);
      expect(await may("tokens:read")).toBe(true);
      await db.update(roles).set({ permissions: [] }).where(eq(roles.id, world.roleIds.viewer));
      expect(await may("tokens:read")).toBe(false);
      await world.deactivate(world.engineer);
      expect(await may("tokens:read")).toBe("issuer_deactivated");
    });
  });

  it("is nothing while its organization has tokens switched off", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user);
      await world.setTokensEnabled(false);
      expect((await verifyOn(sql)(token.secret)).outcome).toBe("tokens_disabled");
      await world.setTokensEnabled(true);
      expect((await verifyOn(sql)(token.secret)).outcome).toBe("allowed");
    });
  });

  it("keeps working after the prefix of new tokens has changed, and under its own prefix alone", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user, { prefix: "former" });
      expect(token.secret).toMatch(/^former_pat_/);
      expect(mintingKeys().prefix).toBe("lk");
      expect(await verifyOn(sql)(token.secret)).toMatchObject({ outcome: "allowed", token: { prefix: "former" } });
      const renamed = withChecksum(token.secret.replace("former", "lk").slice(0, -6));
      expect((await verifyOn(sql)(renamed)).outcome).toBe("wrong_secret");
    });
  });

  it("is checked with the pepper that it was made with, and refused once that is gone", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user);
      const { peppers: old } = mintingKeys();
      const current = { id: "newer", key: createSecretKey(randomBytes(32)) };
      const both = { current, byId: new Map([[current.id, current], ...old.byId]) };
      expect((await verifyOn(sql, { peppers: both })(token.secret)).outcome).toBe("allowed");
      const alone = { current, byId: new Map([[current.id, current]]) };
      expect((await verifyOn(sql, { peppers: alone })(token.secret)).outcome).toBe("wrong_secret");
    });
  });
});

describe("the statements of verification", () => {
  it("are none for a wrong checksum, by what the database itself saw", async () => {
    const { sql, db, url } = await freshDatabase({ max: 1 });
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    const verify = verifyOn(sql);
    await verify(token.secret);
    const observer = postgres(url, { max: 1, connection: { application_name: "observer" } });
    const lastStatement = async () => {
      const rows = await observer`
        select pid, query_start::text, state_change::text from pg_stat_activity
        where datname = current_database() and application_name = 'latchkey'`;
      expect(rows).toHaveLength(1);
      return rows[0];
    };
    try {
      const before = await lastStatement();
      const last = token.secret.slice(-1);
      const body = token.secret.slice(0, -6);
      // The last ones have a right checksum, and cannot be tokens all the same.
      for (const wrong of [
        `${token.secret.slice(0, -1)}${last === "0" ? "1" : "0"}`,
        `${token.secret}0`,
        "x",
        "",
        withChecksum(body.replace("_pat_", "_xyz_")),
        withChecksum(body.replace(/^lk/, "LK")),
        withChecksum(`${body.slice(0, -1)}~`),
        withChecksum(mintToken("lk", "pat").plain.reveal().slice(0, -6).replace("_pat_", "_xyz_")),
      ]) {
        expect((await verify(wrong)).outcome).toBe("malformed");
      }
      expect(await lastStatement()).toEqual(before);
      await verify(token.secret);
      expect(await lastStatement()).not.toEqual(before);
    } finally {
      await observer.end();
    }
  });

  it("are one for all that arrive together, however many tokens they name", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const tokens = await Promise.all(Array.from({ length: 5 }, () => world.addToken(world.user)));
      const database = watched(sql);
      const verify = verifyOn(database.sql);
      const secrets = [...tokens, ...tokens, ...tokens].map(({ secret }) => secret);
      const found = await Promise.all([...secrets, mintToken("lk", "pat").plain.reveal()].map(verify));
      expect(found.map(({ outcome }) => outcome)).toEqual([...secrets.map(() => "allowed"), "unknown"]);
      expect(found.map((one) => "known" in one && one.known.tokenId).slice(0, 5)).toEqual(tokens.map(({ id }) => id));
      expect(database.statements).toBe(1);
    });
  });

  it("are two under way at most: whoever comes meanwhile gathers for the next", async () => {
    const pending: ((records: []) => void)[] = [];
    const slow = (() => new Promise((resolve) => pending.push(resolve))) as unknown as ISql;
    const verify = verifyOn(slow);
    const calls: Promise<{ outcome: string }>[] = [];
    for (let wave = 0; wave < 5; wave++) {
      calls.push(verify(mintToken("lk", "pat").plain.reveal()));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(pending).toHaveLength(2);
    pending[0]?.([]);
    await calls[0];
    await new Promise((resolve) => setImmediate(resolve));
    expect(pending).toHaveLength(3);
    for (const answer of pending) answer([]);
    expect((await Promise.all(calls)).map(({ outcome }) => outcome)).toEqual(Array(5).fill("unknown"));
    expect(pending).toHaveLength(3);
  });

  it("are never shared with a call that began before a deletion was acknowledged", async () => {
    const { sql, db } = await freshDatabase();
    const world = await makeWorld(db);
    const token = await world.addToken(world.user);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let answered = () => {};
    const firstAnswered = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const database = watched(sql, async (statement) => {
      if (statement > 1) return;
      answered();
      await held;
    });
    const verify = verifyOn(database.sql);

    const early = verify(token.secret);
    await firstAnswered;
    await expect(deleteToken(world.user, { id: token.id }, contextOf(db))).resolves.toMatchObject({ ok: true });
    expect((await verify(token.secret)).outcome).toBe("deleted");
    release();
    expect((await early).outcome).toBe("allowed");
  });
});

describe("a database that is away", () => {
  it("is said to be away, and is asked again once it is back", async () => {
    await withRollback(async (db: Db, sql) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user);
      const gone = Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" });
      const database = failing(sql, gone);
      const troubles: unknown[] = [];
      const verify = verifyOn(database.sql, { onTrouble: (error) => troubles.push(error) });
      expect((await verify(token.secret)).outcome).toBe("unavailable");
      expect(troubles).toEqual([gone]);
      database.error = null;
      expect((await verify(token.secret)).outcome).toBe("allowed");
      expect(troubles).toEqual([gone]);
    });
  });

  it("is not what a statement that fails for another reason is taken for", async () => {
    await withRollback(async (db: Db, sql) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user);
      const troubles: unknown[] = [];
      const onTrouble = (error: unknown) => troubles.push(error);
      for (const error of [Object.assign(new Error("no such column"), { code: "42703" }), new TypeError("a bug")]) {
        await expect(verifyOn(failing(sql, error).sql, { onTrouble })(token.secret)).rejects.toBe(error);
      }
      expect(troubles).toEqual([]);
    });
  });

  it("costs a caller no more than the deadline, also one that waits for its turn", async () => {
    const silent = (() => Object.assign(new Promise(() => {}), { cancel: () => {} })) as unknown as ISql;
    const troubles: unknown[] = [];
    const verify = verifyOn(silent, { deadline: 20, onTrouble: (error) => troubles.push(error) });
    const token = () => mintToken("lk", "pat").plain.reveal();
    const started = performance.now();
    const waves: Promise<{ outcome: string }>[] = [];
    for (let wave = 0; wave < 4; wave++) {
      waves.push(verify(token()));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await Promise.all(waves)).map(({ outcome }) => outcome)).toEqual(Array(4).fill("unavailable"));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(troubles).toHaveLength(4);
    expect(troubles.every((error) => error instanceof LookupLate)).toBe(true);
  });

  it("is not asked afterwards for what nobody waits for any more", async () => {
    const { url } = await freshDatabase();
    const sent: string[] = [];
    const sql = postgres(url, { max: 1, debug: (_, statement) => sent.push(statement) });
    onTestFinished(() => sql.end());
    const busy = await sql.reserve();
    const verify = verifyOn(sql, { deadline: 20 });
    expect((await verify(mintToken("lk", "pat").plain.reveal())).outcome).toBe("unavailable");
    busy.release();
    await sql`select 1`;
    expect(sent.filter((statement) => statement.includes("api_tokens"))).toEqual([]);
    expect(sent.at(-1)).toContain("select 1");
  });

  it("gives the late answer of a look-up that was given up to nobody else", async () => {
    const { db, sql, url } = await freshDatabase();
    const world = await makeWorld(db);
    const [late, next] = [await world.addToken(world.user), await world.addToken(world.user)];
    const narrow = postgres(url, { max: 1 });
    onTestFinished(() => narrow.end());
    // Only statements that the connection knows are sent while others are under way.
    const lock = () => narrow`select pg_advisory_xact_lock(${1}::int)`;
    await lock();
    for (const { secret } of [late, next]) await verifyOn(narrow)(secret);
    const blocker = await sql.reserve();
    await blocker`select pg_advisory_lock(1)`;
    // Everything that follows on the one connection waits for this.
    const first = lock().execute();
    expect(await verifyOn(narrow, { deadline: 50 })(late.secret)).toEqual({ outcome: "unavailable" });
    const answers = [next, late].map(({ secret }) => verifyOn(narrow, { deadline: 30_000 })(secret));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    await blocker`select pg_advisory_unlock(1)`;
    blocker.release();
    await first;
    for (const answer of answers) expect(await answer).toMatchObject({ outcome: "allowed" });
  });

  it("lets nobody in by a stored hash of another length", async () => {
    await withRollback(async (db, sql) => {
      const world = await makeWorld(db);
      const token = await world.addToken(world.user);
      await db
        .update(apiTokens)
        .set({ secretHash: Buffer.alloc(0) as HashedToken })
        .where(eq(apiTokens.id, token.id));
      expect((await verifyOn(sql)(token.secret)).outcome).toBe("wrong_secret");
    });
  });
});
