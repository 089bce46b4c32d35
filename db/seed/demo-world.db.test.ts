import { count, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import * as schema from "@/db/schema";
import { isSubset, PERMISSIONS } from "@/lib/access/permission";
import { DEMO_OPERATOR, DEMO_ORGANIZATIONS, DEMO_PASSWORD } from "@/lib/auth/demo-accounts";
import { verifyPassword } from "@/lib/auth/password";
import { createTokenInput } from "@/lib/tokens/token-input";
import { TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { DAY, expiresSoon, TOKEN_STATUSES, tokenStatus } from "@/lib/tokens/token-status";
import { NOW } from "@/test/clock";
import { withRollback } from "@/test/database";
import { acmeTokens, readWorld, seed, world } from "./seeded-world";

describe("organizations", () => {
  test("there are five, one for each preset, and each policy is its preset", async () => {
    const { organizations, policies } = await world();
    expect(organizations.map(({ slug }) => slug).sort()).toEqual([
      "acme",
      "fairground",
      "harbor",
      "ironvault",
      "meridian",
    ]);
    expect(policies.map(({ preset }) => preset).sort()).toEqual(Object.keys(TOKEN_PRESETS).sort());
    for (const { organizationId, preset, version, updatedAt, ...policy } of policies) {
      expect(policy).toEqual(TOKEN_PRESETS[preset]);
    }
    expect(organizations.every(({ tokensEnabled }) => tokensEnabled)).toBe(true);
  });

  test("every demo account can sign in with the password, has its role and portal, and nobody else has a password", async () => {
    const { organizations, users, members, roles, passwords } = await world();
    const accounts = DEMO_ORGANIZATIONS.flatMap(({ name, accounts }) =>
      accounts.map((account) => ({ ...account, in: name })),
    );
    expect(passwords).toHaveLength(accounts.length + 1);
    expect(new Set(passwords.map(({ hash }) => hash)).size).toBe(passwords.length);
    for (const account of accounts) {
      const user = users.find(({ email }) => email === account.email)!;
      const home = organizations.find(({ name }) => name === account.in)!;
      const member = members.find(({ userId, organizationId }) => userId === user.id && organizationId === home.id)!;
      expect(user).toMatchObject({ name: account.name, kind: "person", isOperator: false });
      expect(member).toMatchObject({ portal: account.portal, status: "active" });
      expect(roles.find(({ id }) => id === member.roleId)!.builtIn).toBe(account.role);
      expect(await verifyPassword(passwords.find(({ userId }) => userId === user.id)!.hash, DEMO_PASSWORD)).toBe(true);
    }
  });

  test("one person is in two organizations, first in her own, and nobody else is in more than one", async () => {
    const { organizations, users, members } = await world();
    const several = users.filter(({ id }) => members.filter(({ userId }) => userId === id).length > 1);
    expect(several.map(({ email }) => email)).toEqual(["admin@acme.example"]);
    const hers = members
      .filter(({ userId }) => userId === several[0]!.id)
      .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    const slugs = hers.map(({ organizationId }) => organizations.find(({ id }) => id === organizationId)!.slug);
    expect(slugs).toEqual(["acme", "meridian"]);
    expect(hers.every(({ status }) => status === "active")).toBe(true);
  });

  test("the operator belongs to no organization", async () => {
    const { users, members, passwords } = await world();
    const operator = users.find(({ email }) => email === DEMO_OPERATOR.email)!;
    expect(operator.isOperator).toBe(true);
    expect(users.filter(({ isOperator }) => isOperator)).toHaveLength(1);
    expect(members.some(({ userId }) => userId === operator.id)).toBe(false);
    expect(await verifyPassword(passwords.find(({ userId }) => userId === operator.id)!.hash, DEMO_PASSWORD)).toBe(
      true,
    );
  });

  test("Fairground has an administrator of a team who is none of the organization", async () => {
    const { users, members, groupMembers, roles } = await world();
    const user = users.find(({ email }) => email === "teamadmin@fairground.example")!;
    const member = members.find(({ userId }) => userId === user.id)!;
    expect(
      groupMembers.filter(({ memberId, isAdministrator }) => memberId === member.id && isAdministrator),
    ).toHaveLength(1);
    expect(roles.find(({ id }) => id === member.roleId)!.permissions).not.toContain("organization:manage");
  });

  test("Meridian's User may neither create nor manage tokens, and the others' may", async () => {
    const { roles } = await world();
    for (const role of roles.filter(({ builtIn }) => builtIn === "user")) {
      const has = role.permissions.includes("tokens:create") || role.permissions.includes("tokens:manage");
      expect([role.slug, has]).toEqual([role.slug, role.slug !== "meridian"]);
    }
  });
});

describe("permissions", () => {
  test("every role holds what there is, built in or the organization's own, and Acme's administrators hold all of it", async () => {
    const { roles, ownPermissions } = await world();
    for (const role of roles) {
      const own = ownPermissions.filter(({ organizationId }) => organizationId === role.organizationId);
      const known = new Set([...Object.keys(PERMISSIONS), ...own.map(({ name }) => name)]);
      expect([role.name, role.permissions.filter((permission) => !known.has(permission))]).toEqual([role.name, []]);
      if (role.builtIn === "administrator") expect(new Set(role.permissions)).toEqual(known);
    }
    expect(ownPermissions.map(({ name }) => name).sort()).toEqual(["cdn:purge", "events:read", "events:write"]);
  });
});

describe("tokens", () => {
  test("Acme has 38, 29 of them live, in every status, two of them about to expire", async () => {
    const tokens = await acmeTokens();
    const statuses = tokens.map((token) => tokenStatus(token, NOW));
    expect(TOKEN_STATUSES.map((status) => statuses.filter((one) => one === status).length)).toEqual([29, 4, 5]);
    expect(
      tokens
        .filter((token) => expiresSoon(token, NOW))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["GitHub Actions release", "Production integration"]);
  });

  test("Acme's live tokens are used, never used, and not used for more than 90 days", async () => {
    const live = (await acmeTokens()).filter((token) => tokenStatus(token, NOW) === "active");
    const idle = live.map(({ lastUsedAt }) => lastUsedAt && (NOW.getTime() - lastUsedAt.getTime()) / DAY);
    expect(idle.filter((days) => days === null).length).toBeGreaterThanOrEqual(2);
    expect(idle.filter((days) => days !== null && days > 90).length).toBeGreaterThanOrEqual(2);
    expect(idle.filter((days) => days !== null && days < 1).length).toBeGreaterThanOrEqual(15);
  });

  test("each of Acme's accounts has issued some", async () => {
    const emails = (await acmeTokens()).map(({ issuerUser }) => issuerUser.email);
    for (const { email } of DEMO_ORGANIZATIONS[0]!.accounts)
      expect(emails.filter((one) => one === email).length).toBeGreaterThan(2);
  });

  test("each state is stored as the rule tells it", async () => {
    for (const token of (await world()).tokens)
      expect([token.name, token.state]).toEqual([token.name, tokenStatus(token, NOW)]);
  });

  test("no role is above its issuer's", async () => {
    for (const { name, role, issuerRole } of (await world()).tokens) {
      expect([name, isSubset(role?.permissions ?? [], new Set(issuerRole.permissions))]).toEqual([name, true]);
    }
  });

  test("every name and description is one that a person could have typed, and no issuer has two live ones of a name", async () => {
    const { tokens } = await world();
    for (const { name, description } of tokens) {
      expect(createTokenInput.parse({ name, description })).toMatchObject({ name, description });
    }
    const live = tokens.filter((token) => tokenStatus(token, NOW) === "active");
    expect(new Set(live.map(({ issuerId, name }) => `${issuerId}|${name.toLowerCase()}`)).size).toBe(live.length);
  });

  test("each fits the policy of its organization", async () => {
    const { tokens, policies } = await world();
    const live = new Map<string, number>();
    for (const token of tokens) {
      const policy = policies.find(({ organizationId }) => organizationId === token.organizationId)!;
      const isLive = tokenStatus(token, NOW) === "active";
      if (isLive) {
        for (const key of [token.organizationId, token.issuerId]) live.set(key, (live.get(key) ?? 0) + 1);
        expect(live.get(token.issuerId)).toBeLessThanOrEqual(policy.maxPerIssuer ?? 50);
        expect(live.get(token.organizationId)).toBeLessThanOrEqual(policy.maxPerOrganization ?? 50);
        expect(token.issuer.status).toBe("active");
      }
      expect(token.role === null).toBe(policy.access === "issuer");
      if (policy.description !== "optional") expect(token.description === null).toBe(policy.description === "hidden");
      if (policy.expiry === "never") expect(token.expiresAt).toBeNull();
      if (policy.expiry === "fixed") expect(token.expiresAt).toEqual(new Date(token.createdAt.getTime() + 180 * DAY));
      if (policy.deleteExpired) expect(tokenStatus(token, NOW)).not.toBe("expired");
      if (policy.issuers === "administrators_with_teams") expect(token.issuerRole.builtIn).toBe("administrator");
      if (policy.issuers === "permitted") expect(token.issuerRole.permissions).toContain("tokens:create");
    }
  });

  test("the secrets are kept as hashes under the current pepper, no two alike", async () => {
    const { tokens } = await world();
    expect(new Set(tokens.map(({ secretHash }) => secretHash.toString("hex"))).size).toBe(tokens.length);
    expect(tokens.every(({ secretHash, pepperId }) => secretHash.length === 32 && pepperId === "k1")).toBe(true);
  });
});

describe("the whole", () => {
  test("a second start changes nothing, however much later", () =>
    withRollback(async (db) => {
      await seed(db);
      const before = await readWorld(db);
      await seed(db, new Date(NOW.getTime() + 40 * DAY));
      expect(await readWorld(db)).toEqual(before);
    }));

  test("an organization of one's own keeps the demo world away", () =>
    withRollback(async (db) => {
      await db.insert(schema.organizations).values({
        id: "019e0000-0000-7000-8000-000000000001",
        name: "Ours",
        slug: "ours",
        plan: "starter",
      });
      await seed(db);
      expect(await db.select({ n: count() }).from(schema.users)).toEqual([{ n: 0 }]);
      expect(await db.select({ slug: schema.organizations.slug }).from(schema.organizations)).toEqual([
        { slug: "ours" },
      ]);
    }));

  test("a failure half-way leaves nothing", () =>
    withRollback(async (db) => {
      await db.execute(sql`alter table api_tokens add constraint no_meridian check (name not like 'dbt production%')`);
      await expect(seed(db)).rejects.toThrow();
      expect(await db.select({ n: count() }).from(schema.organizations)).toEqual([{ n: 0 }]);
      expect(await db.select({ n: count() }).from(schema.users)).toEqual([{ n: 0 }]);
    }));

  test("two worlds of one moment differ in ids and secrets alone", async () => {
    const story = ({ tokens, usage }: Awaited<ReturnType<typeof readWorld>>) =>
      tokens
        .map(({ id, slug, name, createdAt, lastUsedAt, lastUsedIp }) => ({
          ...{ slug, name, createdAt, lastUsedAt, lastUsedIp },
          usage: usage
            .filter(({ tokenId }) => tokenId === id)
            .map(({ day, outcome, calls }) => `${day} ${outcome} ${calls}`)
            .sort(),
        }))
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    const again = await withRollback(async (db) => {
      await seed(db);
      return readWorld(db);
    });
    expect(story(again)).toEqual(story(await world()));
    const ids = new Set((await world()).tokens.map(({ id }) => id));
    expect(again.tokens.some(({ id }) => ids.has(id))).toBe(false);
  });
});
