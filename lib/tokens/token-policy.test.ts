import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  isSubset,
  PERMISSIONS,
  type Permission,
  tokenPermissions,
} from "@/lib/access/permission";
import type { RefusalCode } from "@/lib/refusal";
import { days, NOW } from "@/test/clock";
import {
  type CreateFacts,
  decideChange,
  decideCreate,
  decideExpiry,
  decideIssuer,
  decideNetworks,
  type TokenPolicy,
  visibleTokens,
} from "./token-policy";
import { PRESETS, type Preset, TOKEN_PRESETS } from "./token-presets";

const who = (role: BuiltInRole, kind: "member" | "token" = "member") => ({
  kind,
  memberId: `member-${role}`,
  permissions: new Set<string>(BUILT_IN_ROLES[role].permissions),
});
const role = (name: BuiltInRole) => ({ permissions: BUILT_IN_ROLES[name].permissions });
const on = { tokensEnabled: true, teamsEnabled: false };
const teams = { tokensEnabled: true, teamsEnabled: true };

const facts = (preset: Preset, change: Partial<CreateFacts> = {}): CreateFacts => ({
  organization: on,
  policy: TOKEN_PRESETS[preset],
  role: TOKEN_PRESETS[preset].access === "assigned_role" ? role("viewer") : null,
  account: null,
  memberPermissions: BUILT_IN_ROLES.administrator.permissions,
  live: { organization: 0, issuer: 0 },
  nameTaken: false,
  actorNetworks: [],
  ...change,
});
const wish = (preset: Preset) => ({
  name: "Nightly export",
  description: TOKEN_PRESETS[preset].description === "required" ? "What for" : null,
  expiresAt: undefined,
  allowedNetworks: [] as string[],
});

describe("who may create a token", () => {
  it.each<[Preset, BuiltInRole, typeof on, RefusalCode | null]>([
    ["admin_issued", "administrator", teams, null],
    ["admin_issued", "engineer", teams, "not_an_issuer"],
    ["admin_issued", "viewer", on, null],
    ["role_scoped", "administrator", on, null],
    ["role_scoped", "viewer", on, null],
    ["single_rotating", "user", on, null],
    ["personal_mirror", "viewer", on, null],
    ["client_credentials", "user", on, null],
    ["client_credentials", "viewer", on, "not_an_issuer"],
    ["role_scoped", "administrator", { tokensEnabled: false, teamsEnabled: false }, "tokens_disabled"],
  ])("%s: %s, organization %j → %s", (preset, name, organization, refusal) => {
    expect(decideIssuer(who(name), TOKEN_PRESETS[preset], organization)?.code ?? null).toBe(refusal);
  });

  it.each(PRESETS)("a token creates none under %s, whatever it may do", (preset) => {
    expect(decideIssuer(who("administrator", "token"), TOKEN_PRESETS[preset], on)).toEqual({
      code: "token_cannot_mint",
    });
  });

  it("a token creates where the policy lets tokens and its role has the permission, and not with only one of both", () => {
    const policy: TokenPolicy = { ...TOKEN_PRESETS.role_scoped, tokensMayMint: true };
    expect(decideIssuer(who("user", "token"), policy, on)).toBeNull();
    expect(decideIssuer(who("viewer", "token"), policy, on)).toEqual({ code: "token_cannot_mint" });
  });
});

describe("creation", () => {
  it.each<[BuiltInRole, BuiltInRole, boolean]>(
    (["administrator", "engineer", "user", "viewer"] as const).flatMap((own, at, all) =>
      all.map((asked, place): [BuiltInRole, BuiltInRole, boolean] => [own, asked, place >= at]),
    ),
  )("%s gives role %s: %s", (own, asked, allowed) => {
    const decision = decideCreate(who(own), wish("role_scoped"), facts("role_scoped", { role: role(asked) }), NOW);
    expect(decision.ok ? null : decision.refusal.code).toBe(allowed ? null : "role_exceeds_yours");
  });

  it.each<
    [
      string,
      Preset,
      Partial<CreateFacts>,
      { name?: null; description?: string | null; expiresAt?: Date; allowedNetworks?: string[] },
      RefusalCode,
    ]
  >([
    ["the 51st live token", "role_scoped", { live: { organization: 50, issuer: 0 } }, {}, "organization_limit_reached"],
    [
      "a second one while one lives",
      "single_rotating",
      { live: { organization: 9, issuer: 1 } },
      {},
      "issuer_limit_reached",
    ],
    ["no role where one is assigned", "role_scoped", { role: null }, {}, "role_required"],
    ["a role where tokens mirror", "personal_mirror", { role: role("viewer") }, {}, "role_not_allowed"],
    [
      "a shorter description than asked for",
      "role_scoped",
      { policy: { ...TOKEN_PRESETS.role_scoped, descriptionLength: 9 } },
      { description: "What for" },
      "description_too_short",
    ],
    ["no description where one is required", "client_credentials", {}, { description: null }, "description_required"],
    ["a description where there is none", "personal_mirror", {}, { description: "x" }, "description_not_allowed"],
    ["an expiry where tokens never expire", "personal_mirror", {}, { expiresAt: days(1) }, "expiry_not_allowed"],
    ["an expiry of one's own where it is fixed", "single_rotating", {}, { expiresAt: days(1) }, "expiry_not_allowed"],
    [
      "a network outside those of the policy",
      "role_scoped",
      { policy: { ...TOKEN_PRESETS.role_scoped, allowedNetworks: ["10.0.0.0/8"] } },
      { allowedNetworks: ["10.1.0.0/16", "192.0.2.0/24"] },
      "networks_outside_policy",
    ],
    [
      "a network that reaches beyond the policy’s",
      "role_scoped",
      { policy: { ...TOKEN_PRESETS.role_scoped, allowedNetworks: ["10.0.0.0/8"] } },
      { allowedNetworks: ["0.0.0.0/0"] },
      "networks_outside_policy",
    ],
    ["an expiry now", "role_scoped", {}, { expiresAt: NOW }, "expiry_in_past"],
    ["a name in use", "role_scoped", { nameTaken: true }, {}, "name_taken"],
    ["no name where one is asked for", "role_scoped", {}, { name: null }, "name_required"],
    ["a description that says nothing", "client_credentials", {}, { name: null }, "description_required"],
  ])("refuses %s", (_, preset, change, asked, code) => {
    const decision = decideCreate(who("administrator"), { ...wish(preset), ...asked }, facts(preset, change), NOW);
    expect(decision.ok ? null : decision.refusal.code).toBe(code);
  });

  it.each(PRESETS)("allows an administrator of %s what its policy leaves open", (preset) => {
    expect(decideCreate(who("administrator"), wish(preset), facts(preset), NOW).ok).toBe(true);
  });

  it("says first what no input can mend: tokens off, before a role that is not there", () => {
    const off = { organization: { tokensEnabled: false, teamsEnabled: false }, role: "unknown" as const };
    const decision = (change: Partial<CreateFacts>) =>
      decideCreate(who("administrator"), wish("role_scoped"), facts("role_scoped", change), NOW);
    expect(decision(off)).toMatchObject({ refusal: { code: "tokens_disabled" } });
    expect(decision({ role: "unknown" })).toMatchObject({ refusal: { code: "role_not_found", field: "role_id" } });
  });

  it("allows the 50th token", () => {
    const live = { organization: 49, issuer: 49 };
    expect(decideCreate(who("user"), wish("role_scoped"), facts("role_scoped", { live }), NOW).ok).toBe(true);
  });
});

describe("expiry", () => {
  it("is exactly 180 days where the policy fixes it so", () => {
    expect(decideExpiry(TOKEN_PRESETS.single_rotating, undefined, NOW)).toEqual({ ok: true, value: days(180) });
  });

  it("is what was asked for, or never, where it is optional", () => {
    expect(decideExpiry(TOKEN_PRESETS.role_scoped, days(3), NOW)).toEqual({ ok: true, value: days(3) });
    expect(decideExpiry(TOKEN_PRESETS.role_scoped, null, NOW)).toEqual({ ok: true, value: null });
  });

  it("is bounded to the millisecond where the policy bounds it, and then cannot be never", () => {
    const bounded: TokenPolicy = { ...TOKEN_PRESETS.role_scoped, expiryDays: 30 };
    expect(decideExpiry(bounded, days(30), NOW).ok).toBe(true);
    expect(decideExpiry(bounded, new Date(days(30).getTime() + 1), NOW)).toMatchObject({
      refusal: { code: "expiry_too_far" },
    });
    expect(decideExpiry(bounded, null, NOW)).toMatchObject({ refusal: { code: "expiry_required" } });
    expect(decideExpiry({ ...bounded, expiry: "required" }, undefined, NOW)).toMatchObject({
      refusal: { code: "expiry_required" },
    });
  });
});

describe("what one sees and may change", () => {
  it.each<[Preset, BuiltInRole, "all" | "own"]>([
    ["role_scoped", "administrator", "all"],
    ["role_scoped", "engineer", "own"],
    ["personal_mirror", "administrator", "own"],
    ["client_credentials", "administrator", "all"],
    ["client_credentials", "engineer", "own"],
    ["client_credentials", "user", "own"],
    ["client_credentials", "viewer", "own"],
  ])("%s: %s sees %s", (preset, name, sees) => {
    expect(visibleTokens(who(name), TOKEN_PRESETS[preset])).toBe(sees);
  });

  it.each<[string, Preset, BuiltInRole, typeof on, RefusalCode | null]>([
    ["an administrator changes any", "role_scoped", "administrator", on, null],
    ["a user changes what they see", "role_scoped", "user", on, null],
    [
      "a team administrator may not change even their own where teams are on",
      "admin_issued",
      "engineer",
      teams,
      "not_yours_to_change",
    ],
    ["they may where teams are off", "admin_issued", "engineer", on, null],
    ["an administrator may where teams are on", "admin_issued", "administrator", teams, null],
  ])("%s", (_, preset, name, organization, refusal) => {
    expect(
      decideChange(who(name), TOKEN_PRESETS[preset], organization, {
        power: role("administrator").permissions,
        isOwn: true,
      })?.code ?? null,
    ).toBe(refusal);
  });
});

describe("a token of somebody else", () => {
  it("is changed by who manages tokens, and not by who may only see it", () => {
    const policy = TOKEN_PRESETS.client_credentials;
    const target = { power: [], isOwn: false };
    const holding = (...permissions: Permission[]) => ({ kind: "member" as const, permissions: new Set(permissions) });
    expect(decideChange(holding("tokens:read", "tokens:oversee"), policy, on, target)).toEqual({
      code: "not_yours_to_change",
    });
    expect(decideChange(holding("tokens:oversee", "tokens:manage"), policy, on, target)).toBeNull();
    expect(decideChange(holding("tokens:read", "tokens:oversee"), policy, on, { ...target, isOwn: true })).toBeNull();
  });
});

describe("networks of a token", () => {
  const policy = { allowedNetworks: ["10.0.0.0/8", "2001:db8::/32"] };

  it.each<[string, string[], string[], RefusalCode | null]>([
    ["none", [], [], null],
    ["one of the policy’s", ["10.0.0.0/8"], [], null],
    ["parts of the policy’s", ["10.1.2.3", "2001:db8:1::/48"], [], null],
    ["some of one’s own beside the policy’s", ["10.1.2.3", "203.0.113.7"], [], "networks_outside_policy"],
    ["IPv4 where IPv6 is allowed", ["::/0"], [], "networks_outside_policy"],
    ["those of the token that hands them on", ["10.1.0.0/16"], ["10.1.0.0/16"], null],
    ["fewer", ["10.1.2.3"], ["10.1.0.0/16"], null],
    ["more than the token that hands them on has", ["10.0.0.0/8"], ["10.1.0.0/16"], "exceeds_this_token"],
    ["none, from a token that is bound", [], ["10.1.0.0/16"], "exceeds_this_token"],
  ])("%s: %j from a token bound to %j → %s", (_, networks, own, code) => {
    expect(decideNetworks(policy, networks, own)?.code ?? null).toBe(code);
  });

  it("may be any where the policy has none", () => {
    expect(decideNetworks({ allowedNetworks: [] }, ["0.0.0.0/0", "::/0"])).toBeNull();
  });
});

describe("a token that makes another", () => {
  const policy = { ...TOKEN_PRESETS.personal_mirror, tokensMayMint: true };
  const make = (own: readonly Permission[], issuers: readonly Permission[]) =>
    decideCreate(
      { kind: "token", permissions: new Set(own) },
      { name: "Another", description: null, expiresAt: undefined, allowedNetworks: [] },
      facts("personal_mirror", { policy, memberPermissions: issuers }),
      NOW,
    );

  it("makes none that follows an issuer who may do more than it may itself", () => {
    expect(make(["tokens:create"], ["tokens:create", "members:read"])).toEqual({
      ok: false,
      refusal: { code: "exceeds_this_token" },
    });
  });

  it("makes one where it may do all that its issuer may", () => {
    expect(make(["tokens:create", "members:read"], ["tokens:create", "members:read"])).toMatchObject({ ok: true });
  });
});

describe("a token that would change another", () => {
  const roles = ["administrator", "engineer", "user", "viewer"] as const;
  it.each(roles.flatMap((acting, at) => roles.map((other, place) => [acting, other, place >= at] as const)))(
    "as %s, one that may do as much as %s: %s",
    (acting, other, allowed) => {
      const power = role(other).permissions;
      expect(decideChange(who(acting, "token"), TOKEN_PRESETS.role_scoped, on, { power, isOwn: true })).toEqual(
        allowed ? null : { code: "exceeds_this_token" },
      );
      expect(decideChange(who(acting), TOKEN_PRESETS.role_scoped, on, { power, isOwn: true })).toBeNull();
    },
  );
});

describe("tokenPermissions", () => {
  const permissions = fc.uniqueArray(fc.constantFrom(...Object.keys(PERMISSIONS)));

  it("never allows what the issuer may not do, nor what the role does not hold", () => {
    fc.assert(
      fc.property(fc.option(permissions), permissions, (rolePermissions, issuerPermissions) => {
        const allowed = tokenPermissions(rolePermissions, issuerPermissions);
        expect(isSubset(allowed, new Set(issuerPermissions))).toBe(true);
        if (rolePermissions) expect(isSubset(allowed, new Set(rolePermissions))).toBe(true);
      }),
    );
  });

  it("is the issuer's all where the token has no role", () => {
    fc.assert(
      fc.property(permissions, (held) => {
        expect(tokenPermissions(null, held)).toEqual(new Set(held));
      }),
    );
  });
});

describe("role × rule × time", () => {
  const ISSUERS: Record<TokenPolicy["issuers"], (name: BuiltInRole, teamsEnabled: boolean) => boolean> = {
    everyone: () => true,
    administrators: (name) => name === "administrator",
    administrators_with_teams: (name, teamsEnabled) => !teamsEnabled || name === "administrator",
    permitted: (name) => name !== "viewer",
  };
  const LATER = new Date(days(30).getTime() + 1);
  /** What comes of a wish in each expiry: null where it is granted. */
  const EXPIRIES: [TokenPolicy["expiry"], number | null, Date | null | undefined, RefusalCode | null][] = [
    ["never", null, undefined, null],
    ["never", null, null, null],
    ["never", null, days(30), "expiry_not_allowed"],
    ["optional", null, undefined, null],
    ["optional", null, null, null],
    ["optional", null, LATER, null],
    ["optional", 30, null, "expiry_required"],
    ["optional", 30, days(30), null],
    ["optional", 30, LATER, "expiry_too_far"],
    ["required", null, undefined, "expiry_required"],
    ["required", null, null, "expiry_required"],
    ["required", null, LATER, null],
    ["required", 30, days(30), null],
    ["required", 30, LATER, "expiry_too_far"],
    ["required", 30, NOW, "expiry_in_past"],
    ["required", 30, days(-1), "expiry_in_past"],
    ["fixed", 30, undefined, null],
    ["fixed", 30, null, null],
    ["fixed", 30, days(30), "expiry_not_allowed"],
  ];
  const roles = ["administrator", "engineer", "user", "viewer"] as const;
  const cells = roles.flatMap((name) =>
    (Object.keys(ISSUERS) as TokenPolicy["issuers"][]).flatMap((issuers) =>
      [on, teams].flatMap((organization) => EXPIRIES.map((row) => [name, issuers, organization, ...row] as const)),
    ),
  );

  it.each(cells)("%s, issuers %s, %j: expiry %s of %s days, asked for %s → %s", (...cell) => {
    const [name, issuers, organization, expiry, expiryDays, asked, refusal] = cell;
    const policy: TokenPolicy = { ...TOKEN_PRESETS.personal_mirror, issuers, expiry, expiryDays };
    const decision = decideCreate(
      who(name),
      { ...wish("personal_mirror"), expiresAt: asked },
      facts("personal_mirror", { policy, organization }),
      NOW,
    );
    const expected = ISSUERS[issuers](name, organization.teamsEnabled) ? refusal : "not_an_issuer";
    expect(decision.ok ? null : decision.refusal.code).toBe(expected);
    if (decision.ok) expect(decision.value.expiresAt).toEqual(expiry === "fixed" ? days(30) : (asked ?? null));
  });
});
