import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILT_IN_ROLES, type BuiltInRole } from "@/lib/access/permission";
import { days, minutes, NOW } from "@/test/clock";
import {
  type OutsideReason,
  outsideReasons,
  type PolicyFacts,
  rightsChange,
  type TokenRight,
  tokenFate,
} from "./token-compliance";
import { decideCreate, type TokenPolicy } from "./token-policy";
import { PRESETS, type Preset, TOKEN_PRESETS } from "./token-presets";

const holding = (role: BuiltInRole) => new Set<string>(BUILT_IN_ROLES[role].permissions);
const ROLES = ["administrator", "engineer", "user", "viewer"] as const;

const token = (change: Partial<PolicyFacts> = {}, issuer: BuiltInRole = "user"): PolicyFacts => ({
  kind: "pat",
  hasRole: true,
  expirySetAt: days(-10),
  expiresAt: null,
  deletedAt: null,
  descriptionLength: 8,
  issuer: { permissions: holding(issuer), isService: false },
  ...change,
});
const base = TOKEN_PRESETS.role_scoped;
const teams = { teamsEnabled: true };
const noTeams = { teamsEnabled: false };

describe("outsideReasons", () => {
  it.each<[string, Partial<PolicyFacts>, Partial<TokenPolicy>, OutsideReason[]]>([
    ["a token by the policy", {}, {}, []],
    ["a secret where clients are given out", {}, { credential: "client" }, ["credential"]],
    ["a client where secrets are given out", { kind: "cls" }, {}, ["credential"]],
    ["a short-lived token, which is neither", { kind: "tmp" }, { credential: "client" }, []],
    ["no role where every token has one", { hasRole: false }, {}, ["role_missing"]],
    ["a role where tokens follow their issuer", {}, { access: "issuer" }, ["role_kept"]],
    ["no expiry where one is asked for", {}, { expiry: "required" }, ["expiry_missing"]],
    ["no expiry where a life has a bound", {}, { expiry: "optional", expiryDays: 30 }, ["expiry_missing"]],
    ["no expiry where all live equally long", {}, { expiry: "fixed", expiryDays: 180 }, ["expiry_missing"]],
    ["the longest life", { expiresAt: days(20) }, { expiry: "required", expiryDays: 30 }, []],
    [
      "a millisecond more, counted from the creation",
      { expiresAt: new Date(days(20).getTime() + 1) },
      { expiry: "required", expiryDays: 30 },
      ["expiry_too_far"],
    ],
    ["less than the fixed life, which is stricter", { expiresAt: days(5) }, { expiry: "fixed", expiryDays: 180 }, []],
    ["an end where none is asked for, which is stricter", { expiresAt: days(5) }, { expiry: "never" }, []],
    [
      "no description where one is required",
      { descriptionLength: 0 },
      { description: "required" },
      ["description_missing"],
    ],
    ["a description as long as asked for", {}, { descriptionLength: 8 }, []],
    ["a shorter one", {}, { descriptionLength: 9 }, ["description_short"]],
    ["none, where it may be left out", { descriptionLength: 0 }, { descriptionLength: 9 }, []],
    ["a description where none is shown, which is no harm", {}, { description: "hidden" }, []],
    [
      "several at once, each said",
      { hasRole: false, descriptionLength: 0 },
      { expiry: "required", description: "required" },
      ["role_missing", "expiry_missing", "description_missing"],
    ],
  ])("%s", (_, facts, policy, reasons) => {
    expect(outsideReasons(token(facts), { policy: { ...base, ...policy }, organization: noTeams }, NOW)).toEqual(
      reasons,
    );
  });

  it.each<[TokenPolicy["issuers"], BuiltInRole, { teamsEnabled: boolean }, boolean]>(
    ROLES.flatMap((role): [TokenPolicy["issuers"], BuiltInRole, { teamsEnabled: boolean }, boolean][] => [
      ["everyone", role, teams, true],
      ["administrators", role, noTeams, role === "administrator"],
      ["administrators_with_teams", role, noTeams, true],
      ["administrators_with_teams", role, teams, role === "administrator"],
      ["permitted", role, noTeams, role !== "viewer"],
    ]),
  )("issuers %s, issued by %s, organization %j: within is %s", (issuers, role, organization, within) => {
    const rules = { policy: { ...base, issuers }, organization };
    expect(outsideReasons(token({}, role), rules, NOW)).toEqual(within ? [] : ["issuer_not_allowed"]);
    const service = token({ issuer: { permissions: holding(role), isService: true } });
    expect(outsideReasons(service, rules, NOW)).toEqual([]);
  });

  it.each<[string, Partial<PolicyFacts>]>([
    ["deleted", { deletedAt: days(-1) }],
    ["expired at this very moment", { expiresAt: NOW }],
  ])("says nothing of a token that is %s", (_, facts) => {
    const policy: TokenPolicy = { ...base, description: "required", access: "issuer", expiry: "fixed", expiryDays: 1 };
    expect(outsideReasons(token({ ...facts, descriptionLength: 0 }), { policy, organization: noTeams }, NOW)).toEqual(
      [],
    );
  });

  it("never marks a token that the same policy has just let somebody create", () => {
    const policy = fc.record({
      preset: fc.constantFrom(...PRESETS),
      issuers: fc.constantFrom<TokenPolicy["issuers"]>("everyone", "administrators", "permitted"),
      access: fc.constantFrom<TokenPolicy["access"]>("assigned_role", "issuer"),
      expiry: fc.constantFrom<TokenPolicy["expiry"]>("never", "optional", "required", "fixed"),
      expiryDays: fc.constantFrom(null, 1, 30),
      description: fc.constantFrom<TokenPolicy["description"]>("hidden", "optional", "required"),
    });
    const wish = fc.record({
      issuer: fc.constantFrom(...ROLES),
      hasRole: fc.boolean(),
      description: fc.constantFrom(null, "", "What for"),
      expiresAt: fc.constantFrom(undefined, null, minutes(1), days(1), days(30), days(31)),
    });
    fc.assert(
      fc.property(policy, wish, fc.boolean(), ({ preset, ...fields }, asked, teamsEnabled) => {
        const rules = { ...TOKEN_PRESETS[preset], ...fields };
        if (rules.expiry === "fixed" && rules.expiryDays === null) return;
        const created = decideCreate(
          { kind: "member", permissions: holding(asked.issuer) },
          { name: "Any", description: asked.description, expiresAt: asked.expiresAt, allowedNetworks: [] },
          {
            organization: { tokensEnabled: true, teamsEnabled },
            policy: rules,
            role: asked.hasRole ? { permissions: [] } : null,
            account: null,
            memberPermissions: [],
            live: { organization: 0, issuer: 0 },
            nameTaken: false,
            actorNetworks: [],
          },
          NOW,
        );
        if (!created.ok) return;
        const made: PolicyFacts = {
          kind: rules.credential === "client" ? "cls" : "pat",
          hasRole: asked.hasRole,
          expirySetAt: NOW,
          expiresAt: created.value.expiresAt,
          deletedAt: null,
          descriptionLength: asked.description?.length ?? 0,
          issuer: { permissions: holding(asked.issuer), isService: false },
        };
        expect(outsideReasons(made, { policy: rules, organization: { teamsEnabled } }, NOW)).toEqual([]);
      }),
    );
  });
});

describe("a change of policy", () => {
  const change = (from: Partial<TokenPolicy>, to: Partial<TokenPolicy>) => ({
    from: { ...base, ...from },
    to: { ...base, ...to },
    organization: noTeams,
  });

  it.each<[string, BuiltInRole, Partial<TokenPolicy>, Partial<TokenPolicy>, TokenRight[]]>([
    ["creating, where tokens may no more", "user", { tokensMayMint: true }, {}, ["create_tokens"]],
    ["nothing, where the token could not create", "viewer", { tokensMayMint: true }, {}, []],
    ["changing, where only administrators may", "user", {}, { issuers: "administrators" }, ["change_tokens"]],
    ["nothing of an administrator's", "administrator", {}, { issuers: "administrators" }, []],
    ["sight of all, where nobody sees another's", "administrator", {}, { visibility: "own" }, ["see_all_tokens"]],
    ["nothing, where it saw only its own", "user", {}, { visibility: "own" }, []],
  ])("takes %s", (_, role, from, to, lost) => {
    expect(rightsChange(holding(role), change(from, to)).lost).toEqual(lost);
    // The way back gives the same again.
    expect(rightsChange(holding(role), change(to, from)).gained).toEqual(lost);
  });

  it("deletes what has expired where that is switched on, and touches nothing expired otherwise", () => {
    const expired = token({ expiresAt: days(-1) });
    const rights = { lost: [], gained: [] };
    expect(tokenFate(expired, rights, change({}, { deleteExpired: true }), NOW).fate).toBe("deleted");
    expect(tokenFate(expired, rights, change({ deleteExpired: true }, { deleteExpired: true }), NOW).fate).toBe(
      "stays",
    );
    expect(tokenFate(expired, rights, change({}, { description: "required" }), NOW).fate).toBe("stays");
  });

  it("never deletes a token that still works, whatever the policies", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Preset>(...PRESETS),
        fc.constantFrom<Preset>(...PRESETS),
        fc.boolean(),
        (from, to, role) => {
          const rules = { from: TOKEN_PRESETS[from], to: TOKEN_PRESETS[to], organization: teams };
          const one = token({ hasRole: role, expiresAt: days(1) });
          expect(tokenFate(one, rightsChange(holding("user"), rules), rules, NOW).fate).not.toBe("deleted");
        },
      ),
    );
  });

  it("says the gravest first, and the other too", () => {
    const rules = change({ tokensMayMint: true }, { description: "required" });
    const one = token({ descriptionLength: 0 });
    expect(tokenFate(one, rightsChange(holding("user"), rules), rules, NOW)).toEqual({
      fate: "loses_rights",
      reasons: ["description_missing"],
      lost: ["create_tokens"],
      gained: [],
    });
  });
});
