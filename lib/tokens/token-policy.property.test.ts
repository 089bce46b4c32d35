import fc from "fast-check";
import { expect, it } from "vitest";
import { isSubset, type Permission, tokenPermissions } from "@/lib/access/permission";
import { days, NOW } from "@/test/clock";
import {
  type CreateFacts,
  decideChange,
  decideCreate,
  type TokenOrganization,
  type TokenPolicy,
  visibleTokens,
} from "./token-policy";
import { PRESETS, TOKEN_PRESETS } from "./token-presets";
import { decideLongerLife, decideSecret, withheldFrom } from "./token-reach";
import { DAY, tokenStanding } from "./token-status";

// A small model of an organization, driven through the product's own decisions by any sequence of steps. What is asked
// after each step is said without those decisions: by sets and by what was true when a token was made.

/** Those that a rule of tokens asks for, and one that none does: few, so that what some hold and others lack is met often. */
const NAMES = ["tokens:create", "tokens:manage", "tokens:oversee", "organization:manage", "members:read"] as const;

interface ModelMember {
  role: Set<Permission>;
  active: boolean;
  /** Whoever answers for it, where it is a service account. */
  owner: number | null;
}
interface ModelToken {
  issuer: number;
  /** Null where it mirrors its issuer. */
  role: Permission[] | null;
  createdAt: number;
  expiresAt: Date | null;
  deletedAt: Date | null;
  /** What whoever made it could do then. */
  makers: Set<Permission>;
}
interface World {
  now: Date;
  policy: TokenPolicy;
  organization: TokenOrganization;
  members: ModelMember[];
  tokens: ModelToken[];
}

const power = ({ members }: World, { role, issuer }: ModelToken) =>
  tokenPermissions(role, [...(members[issuer] as ModelMember).role]);

/** What a call with the token may do at this moment. */
function mayDo(world: World, token: ModelToken): ReadonlySet<Permission> {
  const issuer = world.members[token.issuer] as ModelMember;
  const around = {
    issuerStatus: issuer.active ? ("active" as const) : ("deactivated" as const),
    tokensEnabled: world.organization.tokensEnabled,
  };
  return tokenStanding(token, around, world.now) === "active" ? power(world, token) : new Set();
}

type Step = (world: World) => void;

/** The role that is asked for: what the policy has room for within what one may do oneself, none, or anything. */
interface AskedRole {
  of: "fitting" | "none" | "any";
  some: Permission[];
}

/** A login is a member's sign-in to the API, narrowed to some permissions. */
type Kind = "member" | "token" | "login";

interface Creation {
  kind: Kind;
  /** What a login was narrowed to. */
  scope: Permission[];
  by: number;
  forAccount: boolean;
  role: AskedRole;
  expiresAt: Date | null | undefined;
}

/** What a member holds who acts through a login of this scope, and whether that is less than all. */
function narrowedTo(scope: Permission[], role: ReadonlySet<Permission>) {
  const left = new Set(scope.filter((permission) => role.has(permission)));
  return left.size < role.size ? { permissions: left, narrowed: true as const } : { permissions: left };
}

const actorOf = (kind: Kind, scope: Permission[], held: ReadonlySet<Permission>) =>
  kind === "login" ? { kind: "member" as const, ...narrowedTo(scope, held) } : { kind, permissions: held };

function create(world: World, { kind, scope, by, forAccount, role: asked, expiresAt }: Creation) {
  const token = kind === "token" ? world.tokens[by % Math.max(1, world.tokens.length)] : null;
  if (token === undefined) return;
  const maker = token ? token.issuer : by % world.members.length;
  const member = world.members[maker] as ModelMember;
  const actor = actorOf(kind, scope, token ? mayDo(world, token) : member.role);
  const { permissions } = actor;
  // Only active members and tokens that work get as far as asking.
  if (!member.active || (token ? permissions.size === 0 : member.owner !== null)) return;
  const none = asked.of === "none" || (asked.of === "fitting" && world.policy.access === "issuer");
  const role = none ? null : asked.some.filter((each) => asked.of === "any" || permissions.has(each));
  const account = forAccount && member.owner === null ? world.members.length - 1 : null;
  const issuer = account ?? maker;
  const behind = world.members[issuer] as ModelMember;
  const live = world.tokens.filter((each) => !each.deletedAt && !(each.expiresAt && each.expiresAt <= world.now));
  const facts: CreateFacts = {
    policy: world.policy,
    organization: world.organization,
    role: role && { permissions: role },
    account:
      account === null
        ? null
        : {
            isActive: behind.active,
            answersFor: behind.owner === maker,
            withinSight: true,
            permissions: [...behind.role],
          },
    memberPermissions: [...member.role],
    live: { organization: live.length, issuer: live.filter((each) => each.issuer === issuer).length },
    nameTaken: false,
    actorNetworks: [],
  };
  const description = world.policy.description === "required" ? "What for" : null;
  const decision = decideCreate(actor, { name: "CI", description, expiresAt, allowedNetworks: [] }, facts, world.now);
  if (!decision.ok) return;
  world.tokens.push({
    issuer,
    role,
    createdAt: world.now.getTime(),
    expiresAt: decision.value.expiresAt,
    deletedAt: null,
    makers: new Set(permissions),
  });
  keptLimits(world, live.length, facts.live.issuer);
  // What works on somebody else's behalf, or was made by a token or a login, may do nothing that its maker could not itself.
  if (account !== null || kind !== "member")
    expect(isSubset(mayDo(world, world.tokens.at(-1) as ModelToken), permissions)).toBe(true);
}

/** What a creation must have kept, whatever the policy was a moment before. */
function keptLimits({ policy, organization, tokens }: World, inAll: number, ofIssuer: number) {
  const made = tokens.at(-1) as ModelToken;
  expect(organization.tokensEnabled).toBe(true);
  if (policy.maxPerOrganization !== null) expect(inAll).toBeLessThan(policy.maxPerOrganization);
  if (policy.maxPerIssuer !== null) expect(ofIssuer).toBeLessThan(policy.maxPerIssuer);
  if (made.role) expect(isSubset(made.role, made.makers)).toBe(true);
  expect(made.role === null).toBe(policy.access === "issuer");
  if (policy.expiryDays !== null) {
    expect((made.expiresAt as Date).getTime() - made.createdAt).toBeLessThanOrEqual(policy.expiryDays * DAY);
  }
}

/** What a new secret, a later expiry and an end ask of whoever acts. */
function actOnOne(world: World, by: number, which: number, kind: Kind, scope: Permission[]) {
  const target = world.tokens[which % Math.max(1, world.tokens.length)];
  const acting = kind === "token" ? world.tokens[by % Math.max(1, world.tokens.length)] : null;
  if (!target || target.deletedAt || (kind === "token" && !acting)) return;
  const memberId = acting ? acting.issuer : by % world.members.length;
  const held = acting ? mayDo(world, acting) : (world.members[memberId] as ModelMember).role;
  const actor = actorOf(kind, scope, held);
  const { permissions } = actor;
  if (visibleTokens(actor, world.policy) === "own" && target.issuer !== memberId) return;
  const can = power(world, target);
  const isOwn = target.issuer === memberId;
  const withheld = withheldFrom(actor, { id: "", power: can, mirrors: target.role === null, isOwn, withinSight: true });
  // Nobody learns a secret, or lengthens the life, of what may do more than they.
  if (!decideSecret(actor, withheld)) expect(isSubset(can, permissions)).toBe(true);
  if (!decideLongerLife(actor, { id: "", withheld })) expect(isSubset(can, permissions)).toBe(true);
  if (decideChange(actor, world.policy, world.organization, { power: can, isOwn })) return;
  // A person may end what others have, through a login that is whole as in the console.
  if (kind === "token" || "narrowed" in actor) expect(isSubset(can, permissions)).toBe(true);
  target.deletedAt = world.now;
}

const permissions = fc.uniqueArray(fc.constantFrom(...NAMES));
const number = fc.nat({ max: 11 });
const wish = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.integer({ min: -2, max: 400 }).map((after) => days(after)) },
);
const kind = fc.constantFrom("member" as const, "member" as const, "token" as const, "login" as const);

const policy: fc.Arbitrary<TokenPolicy> = fc
  .record({
    preset: fc.constantFrom(...PRESETS),
    access: fc.constantFrom("assigned_role" as const, "issuer" as const),
    tokensMayMint: fc.constantFrom(true, true, false),
    maxPerIssuer: fc.option(fc.integer({ min: 1, max: 3 })),
    visibility: fc.constantFrom("own" as const, "administrators" as const, "permitted" as const),
  })
  .map(({ preset, ...change }) => ({ ...TOKEN_PRESETS[preset], ...change }));

const creation: fc.Arbitrary<Creation> = fc.record({
  kind,
  scope: permissions,
  by: number,
  forAccount: fc.boolean(),
  role: fc.record({ of: fc.constantFrom("fitting", "fitting", "fitting", "none", "any"), some: permissions }),
  expiresAt: wish,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: creation.map(
      (wished): Step =>
        (world) =>
          create(world, wished),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(number, number, kind, permissions).map(
      (all): Step =>
        (world) =>
          actOnOne(world, ...all),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(number, permissions).map(
      ([who, role]): Step =>
        ({ members }) => {
          (members[who % members.length] as ModelMember).role = new Set(role);
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(number, fc.boolean()).map(
      ([who, active]): Step =>
        ({ members }) => {
          (members[who % members.length] as ModelMember).active = active;
        },
    ),
  },
  {
    weight: 2,
    arbitrary: policy.map(
      (next): Step =>
        (world) =>
          Object.assign(world, { policy: next }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (tokensEnabled): Step =>
        (world) => {
          world.organization = { ...world.organization, tokensEnabled };
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 200 }).map(
      (passed): Step =>
        (world) => {
          world.now = new Date(world.now.getTime() + passed * DAY);
        },
    ),
  },
);

const start = fc.record({
  policy,
  roles: fc.array(permissions, { minLength: 3, maxLength: 4 }),
  teamsEnabled: fc.boolean(),
});

it("never lets a token do what its issuer may not, or be had from whoever may do less than it, whatever happened before", () => {
  let calls = 0;
  let made = 0;
  fc.assert(
    fc.property(
      start,
      fc.array(step, { minLength: 5, maxLength: 40, size: "max" }),
      ({ policy: first, roles, teamsEnabled }, steps) => {
        const world: World = {
          now: NOW,
          policy: first,
          organization: { tokensEnabled: true, teamsEnabled },
          members: [
            { role: new Set(NAMES), active: true, owner: null },
            ...roles.map((role) => ({ role: new Set<Permission>(role), active: true, owner: null })),
            { role: new Set(["tokens:read"]), active: true, owner: 0 },
          ],
          tokens: [],
        };
        for (const each of steps) {
          each(world);
          for (const token of world.tokens) {
            const allowed = mayDo(world, token);
            const issuer = world.members[token.issuer] as ModelMember;
            expect(isSubset(allowed, issuer.role)).toBe(true);
            if (token.role) expect(isSubset(allowed, token.makers)).toBe(true);
            if (allowed.size > 0) {
              calls += 1;
              expect(issuer.active && world.organization.tokensEnabled && !token.deletedAt).toBe(true);
              expect(token.expiresAt === null || token.expiresAt > world.now).toBe(true);
            }
          }
        }
        made += world.tokens.length;
      },
    ),
    { numRuns: 600 },
  );
  // A model in which nothing is ever made would hold everything.
  expect(made).toBeGreaterThan(300);
  expect(calls).toBeGreaterThan(300);
});
