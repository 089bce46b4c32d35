import { randomUUID } from "node:crypto";
import type { Permission } from "@/lib/access/permission";
import { type Preset, TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import type { ActionRow } from "./build-rows";
import type { Cast, Person, Visitor } from "./cast";
import { type EventFacts, eventName } from "./database-snapshot";
import {
  isElsewhere,
  issuerRefusal,
  isTooMuchLater,
  type Powers,
  passesGuard,
  readsGroups,
  readsMembers,
  tokenRefusal,
} from "./oracle";
import type { ActionAnswer } from "./requests";
import { type Belonging, colleagueOf, type Target } from "./targets";

/** One call of an action, and what has to come of it. */
export interface Deed {
  label: string;
  headers: Record<string, string>;
  input: Record<string, unknown>;
  said: string;
  /** What has changed afterwards, in the names of the snapshot, and nothing else. */
  effects: (answer: ActionAnswer) => string[];
}

/** How an action is tried: a new one needs an entry here, or the matrix says so. */
interface Act {
  names: "token" | "session" | "member" | "group" | "notification" | null;
  /** The call by somebody whom the guard lets in. What can be done once is done to something made for it. */
  deed(visitor: Visitor, target: Target | null, cast: Cast): Promise<Omit<Deed, "label" | "headers"> & Partial<Deed>>;
  /** Counted, and so allowed to change. */
  counts?: string;
}

const NOTHING = () => [];

export const asPerson = (visitor: Visitor) => visitor as Person;

const powersOf = ({ house, member }: Person): Powers => ({ house, permissions: member.permissions });

const event = ({ house, member }: Person, action: EventFacts["action"], subject: string) =>
  eventName({ action, organizationId: house.organizationId, memberId: member.memberId, subject });

/** An act on a token. One that changes it gets a token of its own where it may do so. */
function onToken(
  action: "token.updated" | "token.deleted" | "token.rotated" | null,
  rest: () => Record<string, unknown>,
  /** Why somebody who may change it may still not do this. */
  further: (me: Person, belongs: Belonging) => string | null = () => null,
): Act {
  return {
    names: "token",
    async deed(visitor, target, cast) {
      const me = asPerson(visitor);
      const belongs: Belonging = target?.belongs ?? "never made";
      const refusal = tokenRefusal(powersOf(me), belongs, action !== null) ?? further(me, belongs);
      const plain = { input: { id: target?.id, ...rest() }, said: refusal ?? "ok", effects: NOTHING };
      if (refusal || !action) return plain;
      const { id } = await cast.newToken(belongs === "own" ? me : colleagueOf(me));
      return { ...plain, input: { id, ...rest() }, effects: () => [`api_tokens ${id}`, event(me, action, id)] };
    },
  };
}

/** Whether the tokens that are named, which follow a colleague, may do more than somebody. */
const exceeds = (me: Person, belongs: Belonging) =>
  belongs === "a colleague's" &&
  [...colleagueOf(me).member.permissions].some((permission) => !me.member.permissions.has(permission));

/** An act on a token that may change it, and for which there is nothing to do. */
const onTokenInVain = (rest: () => Record<string, unknown>, why: (me: Person, belongs: Belonging) => string): Act => ({
  names: "token",
  async deed(visitor, target) {
    const me = asPerson(visitor);
    const belongs: Belonging = target?.belongs ?? "never made";
    const said = tokenRefusal(powersOf(me), belongs, true) ?? why(me, belongs);
    return { input: { id: target?.id, ...rest() }, said, effects: NOTHING };
  },
});

/** An act of the operator on an organization, which is made for it. The event is the system's. */
function byOperator(action: "organization.updated" | "tokens.switched", rest: Record<string, unknown>): Act {
  return {
    names: null,
    async deed(_visitor, _target, cast) {
      const organizationId = await cast.newOrganization();
      const told = eventName({ action, organizationId, memberId: "null", subject: organizationId });
      const effects = () => [`organizations ${organizationId}`, told];
      return { input: { organization_id: organizationId, ...rest }, said: "ok", effects };
    },
  };
}

const mayChangeMembers = ({ member }: Person) => member.permissions.has("members:write");

/** An act on a member that changes nothing in somebody who is as they are to be. */
function onMember(rest: Record<string, unknown>): Act {
  return {
    names: "member",
    async deed(visitor, target) {
      const isThere = target?.belongs === "own" || target?.belongs === "a colleague's";
      const may = mayChangeMembers(asPerson(visitor)) ? (isThere ? "ok" : "not_found") : "not_permitted";
      const said = target?.belongs === "no id at all" ? "invalid" : may;
      return { input: { id: target?.id, ...rest }, said, effects: NOTHING };
    },
  };
}

/** An act on something of another organization. */
const onForeign = (idOf: (person: Person) => string): Act => ({
  names: null,
  async deed(visitor, _target, cast) {
    const me = asPerson(visitor);
    const id = idOf(cast.nextHouse(me.house).people[0] as Person);
    return { input: { id }, said: mayChangeMembers(me) ? "not_found" : "not_permitted", effects: NOTHING };
  },
});

/** An act that one permission allows; `wish` is what comes of it for those who have it. */
function withPermission(
  permission: Permission,
  wish: (me: Person, elsewhere: Person) => { input: Record<string, unknown>; said: string; made?: [string, string] },
): Act {
  return {
    names: null,
    async deed(visitor, _target, cast) {
      const me = asPerson(visitor);
      const { input, said, made } = wish(me, cast.nextHouse(me.house).people[0] as Person);
      if (!me.member.permissions.has(permission)) return { input, said: "not_permitted", effects: NOTHING };
      return {
        input,
        said,
        effects: ({ value }) => (made ? [`${made[0]} ${value?.id}`, event(me, made[1], String(value?.id))] : []),
      };
    },
  };
}

/** An act on who is in a group that changes nothing: administrators may, readers of groups see that they may not. */
function inGroup(input: (me: Person) => Record<string, unknown>): Act {
  return {
    names: "group",
    async deed(visitor, target) {
      const me = asPerson(visitor);
      const powers = powersOf(me);
      const isThere = (target?.belongs === "own" || target?.belongs === "a colleague's") && readsGroups(powers);
      const may = powers.permissions.has("groups:write") ? "ok" : "not_permitted";
      const said = target?.belongs === "no id at all" ? "invalid" : isThere ? may : "not_found";
      return { input: { id: target?.id, ...input(me) }, said, effects: NOTHING };
    },
  };
}

/** What the page of invitations asks, without a code: right and wrong ones are counted by address. */
const withoutCode: Act = {
  names: null,
  async deed() {
    return { input: {}, said: "invalid", effects: NOTHING };
  },
};

export const ACTS: Record<string, Act> = {
  inviteMemberAction: {
    names: null,
    async deed(visitor) {
      const me = asPerson(visitor);
      const email = `${randomUUID()}@nowhere.example`;
      return {
        input: { email, role_id: me.member.roleId, portal: "console", group_ids: [] },
        said: mayChangeMembers(me) ? "ok" : "not_permitted",
        effects: ({ value }) => {
          const id = String(value?.id);
          return mayChangeMembers(me) ? [`invitations ${id}`, event(me, "member.invited", id)] : [];
        },
      };
    },
  },
  renewInvitationAction: onForeign(() => randomUUID()),
  withdrawInvitationAction: onForeign(() => randomUUID()),
  createAccountAction: {
    names: null,
    async deed(visitor, _target, cast) {
      const me = asPerson(visitor);
      const owner = { kind: "member", id: (cast.nextHouse(me.house).people[0] as Person).member.memberId };
      const input = { name: `Canary ${randomUUID()}`, role_id: me.member.roleId, group_ids: [], owner };
      return { input, said: mayChangeMembers(me) ? "member_not_found" : "not_permitted", effects: NOTHING };
    },
  },
  updateMemberAction: onMember({ change: {} }),
  reactivateMemberAction: onMember({}),
  deactivateMemberAction: onForeign(({ member }) => member.memberId),
  memberTokensAction: {
    names: "member",
    async deed(visitor, target) {
      const powers = powersOf(asPerson(visitor));
      const isThere = target?.belongs === "own" || (target?.belongs === "a colleague's" && readsMembers(powers));
      const may = powers.permissions.has("members:read") ? (isThere ? "ok" : "not_found") : "not_permitted";
      return {
        input: { id: target?.id },
        said: target?.belongs === "no id at all" ? "invalid" : may,
        effects: NOTHING,
      };
    },
  },
  readInvitationAction: withoutCode,
  acceptAsNewAction: withoutCode,
  acceptAsSelfAction: withoutCode,

  createRoleAction: withPermission("roles:write", () => ({
    input: { name: `Canary ${randomUUID()}`, permissions: [] },
    said: "ok",
    made: ["roles", "role.created"],
  })),
  updateRoleAction: withPermission("roles:write", (_me, { house }) => ({
    input: { id: house.roleIds.user, change: { grant: [], take: ["tokens:read"] } },
    said: "not_found",
  })),
  roleLossAction: withPermission("roles:write", (_me, { house }) => ({
    input: { id: house.roleIds.user, take: ["tokens:read"] },
    said: "not_found",
  })),
  deleteRoleAction: withPermission("roles:write", (_me, { house }) => ({
    input: { id: house.roleIds.user },
    said: "not_found",
  })),
  createPermissionAction: withPermission("organization:manage", () => ({
    input: { name: "canary:look", description: "For the matrix" },
    said: "permission_name_taken",
  })),
  updatePermissionAction: withPermission("organization:manage", () => ({
    input: { name: "canary:leap", description: "For the matrix" },
    said: "not_found",
  })),
  deletePermissionAction: withPermission("organization:manage", () => ({
    input: { name: "canary:leap" },
    said: "not_found",
  })),
  createGroupAction: withPermission("groups:write", () => ({
    input: { name: `Canary ${randomUUID()}` },
    said: "ok",
    made: ["groups", "group.created"],
  })),
  renameGroupAction: withPermission("groups:write", (_me, { house }) => ({
    input: { id: house.groupId, name: `Canary ${randomUUID()}` },
    said: "not_found",
  })),
  deleteGroupAction: withPermission("groups:write", (_me, { house }) => ({
    input: { id: house.groupId },
    said: "not_found",
  })),
  addGroupMemberAction: inGroup(({ house }) => ({ who: { member_id: house.world.user.memberId } })),
  removeGroupMemberAction: withPermission("tokens:read", (me, { house }) => ({
    input: { id: house.groupId, member_id: me.member.memberId },
    said: "not_found",
  })),
  setGroupAdministratorAction: inGroup(({ house }) => ({
    member_id: house.world.user.memberId,
    is_administrator: false,
  })),

  createTokenAction: {
    names: null,
    async deed(visitor) {
      const me = asPerson(visitor);
      const { house, member } = me;
      const refusal = issuerRefusal(powersOf(me));
      return {
        input: {
          name: `Canary ${randomUUID()}`,
          ...(house.access === "assigned_role" ? { role_id: member.roleId } : {}),
          ...(house.descriptionRequired ? { description: "For the matrix" } : {}),
        },
        said: refusal ?? "ok",
        effects: ({ value }) => {
          const id = String((value?.token as { id?: string } | undefined)?.id);
          return refusal ? [] : [`api_tokens ${id}`, event(me, "token.created", id)];
        },
      };
    },
  },
  updateTokenAction: onToken("token.updated", () => ({ change: { name: `Canary ${randomUUID()}` } })),
  deleteTokenAction: onToken("token.deleted", () => ({})),
  rotateTokenAction: onToken(
    "token.rotated",
    () => ({ overlap_days: 1 }),
    (me, belongs) => {
      // The new secret would be theirs to use.
      if (exceeds(me, belongs)) return "rotation_exceeds_yours";
      return isTooMuchLater(me.member.permissions, belongs) ? "mirrors_its_issuer" : null;
    },
  ),
  // None waits, and none expires.
  cancelRotationAction: onTokenInVain(
    () => ({}),
    () => "no_rotation",
  ),
  extendTokenAction: onTokenInVain(
    () => ({ expires_at: new Date(Date.now() + 86_400_000).toISOString() }),
    (me, belongs) => {
      if (issuerRefusal(powersOf(me))) return "extension_not_yours";
      return exceeds(me, belongs) ? "extension_exceeds_yours" : "does_not_expire";
    },
  ),
  tokenActivityAction: onToken(null, () => ({})),
  tokenReceiptAction: onToken(null, () => ({})),
  findTokensAction: {
    names: null,
    // A letter that is in most names: what comes back is read for the words of others.
    async deed() {
      return { input: { q: "e" }, said: "ok", effects: NOTHING };
    },
  },
  requestAccessAction: {
    names: null,
    // In these organizations tokens are on.
    async deed() {
      return { input: { reason: "For the matrix" }, said: "tokens_on_already", effects: NOTHING };
    },
  },

  answerExpiryAction: {
    names: "token",
    async deed(visitor, target, cast) {
      const me = asPerson(visitor);
      const belongs: Belonging = target?.belongs ?? "never made";
      const refusal = tokenRefusal(powersOf(me), belongs, false);
      if (refusal) return { input: { id: target?.id, remind_in_days: null }, said: refusal, effects: NOTHING };
      const { id } = await cast.newToken(belongs === "own" ? me : colleagueOf(me));
      await cast.setExpiry(id, 5);
      const effects = () => [`expiry_answers ${id} by ${me.member.memberId}`];
      return { input: { id, remind_in_days: 2 }, said: "ok", effects };
    },
  },
  // Of what nobody has answered, there is nothing to take back.
  withdrawExpiryAnswerAction: onToken(null, () => ({})),
  markNotificationAction: {
    names: "notification",
    async deed(visitor, target, cast) {
      const me = asPerson(visitor);
      if (target?.belongs !== "own") {
        const said = target?.belongs === "no id at all" ? "invalid" : "not_found";
        return { input: { id: target?.id, isRead: true }, said, effects: NOTHING };
      }
      const id = await cast.newNotification(me);
      return { input: { id, isRead: true }, said: "ok", effects: () => [`notifications ${id}`] };
    },
  },
  markAllReadAction: {
    names: null,
    // One's own alone, however new another's are.
    async deed(visitor, _target, cast) {
      const { headers, notificationId } = await cast.twinOf(asPerson(visitor));
      const input = { upTo: "ffffffff-ffff-7fff-bfff-ffffffffffff" };
      return { headers, input, said: "ok", effects: () => [`notifications ${notificationId}`] };
    },
  },
  chooseNoticesAction: {
    names: null,
    async deed(visitor, _target, cast) {
      const { headers, member } = await cast.twinOf(asPerson(visitor));
      const changes = [{ event: "token_expiring", channel: "email", was: null, to: false }];
      const effects = () => [`notice_preferences of ${member.memberId}`];
      return { headers, input: { changes }, said: "ok", effects };
    },
  },
  chooseDefaultNoticesAction: {
    names: null,
    async deed(visitor) {
      const { member } = asPerson(visitor);
      // What nobody has seen: the house keeps its defaults for everything else that is tried in it.
      const changes = [{ event: "token_expiring", channel: "email", was: false, to: true }];
      const said = member.permissions.has("organization:manage") ? "notices_changed" : "not_permitted";
      return { input: { changes }, said, effects: NOTHING };
    },
  },

  endSessionAction: {
    names: "session",
    async deed(visitor, target, cast) {
      const me = asPerson(visitor);
      if (target?.belongs !== "own") {
        const said = target?.belongs === "no id at all" ? "invalid" : "not_found";
        return { input: { session_id: target?.id }, said, effects: NOTHING };
      }
      const { id } = await cast.newSession(me);
      const effects = () => [`sessions ${id}`, event(me, "session.ended", id)];
      return { input: { session_id: id }, said: "ok", effects };
    },
  },
  signOutElsewhereAction: {
    names: null,
    async deed(visitor, _target, cast) {
      const twin = await cast.twinOf(asPerson(visitor));
      const { id } = await cast.newSession(twin);
      const effects = () => [`sessions ${id}`, event(twin, "session.ended", id)];
      return { headers: twin.headers, input: {}, said: "ok", effects };
    },
  },
  signOutEverywhereAction: {
    names: null,
    async deed(visitor, _target, cast) {
      const twin = await cast.twinOf(asPerson(visitor));
      const id = twin.sessionId;
      const effects = () => [`sessions ${id}`, event(twin, "session.ended", id)];
      return { headers: twin.headers, input: {}, said: "ok", effects };
    },
  },

  switchOrganizationAction: {
    names: null,
    async deed({ house, member }, _target, cast) {
      // Another's organization, and for those who are in none of these one that never was.
      const organization_id = member ? cast.nextHouse(house).organizationId : randomUUID();
      return { input: { organization_id }, said: "not_found", effects: NOTHING };
    },
  },
  updateOrganizationAction: {
    names: null,
    async deed(visitor) {
      const { house, member } = asPerson(visitor);
      const name = `Canary ${/world-(\d+)/.exec(house.world.admin.email)?.[1]} House`;
      const groups_enabled = house.label === "admin_issued";
      const settings = { name, group_noun: "group", groups_enabled, allowed_origins: [] };
      // Saved as it stands: the house keeps its name for everything else that is tried in it.
      const said = member.permissions.has("organization:manage") ? "ok" : "not_permitted";
      return { input: { was: settings, to: settings }, said, effects: NOTHING };
    },
  },
  previewPolicyAction: {
    names: null,
    async deed(visitor) {
      const { house, member } = asPerson(visitor);
      const said = member.permissions.has("organization:manage") ? "ok" : "not_permitted";
      return { input: { policy: TOKEN_PRESETS[house.label as Preset] }, said, effects: NOTHING };
    },
  },
  updatePolicyAction: {
    names: null,
    async deed(visitor) {
      const { house, member } = asPerson(visitor);
      // A version that nobody has seen: the house keeps its rules for everything else that is tried in it.
      const input = { policy: TOKEN_PRESETS[house.label as Preset], preset: house.label, version: 1000 };
      const said = member.permissions.has("organization:manage") ? "policy_changed" : "not_permitted";
      return { input, said, effects: NOTHING };
    },
  },
  setPlanAction: byOperator("organization.updated", { plan: "pro" }),
  switchTokensAction: byOperator("tokens.switched", { enabled: false, reason: "For the matrix" }),

  // On this server nobody runs jobs, and nothing was given up.
  askForRunAction: {
    names: null,
    async deed() {
      return { input: { name: "send-mail" }, said: "no_worker", effects: NOTHING };
    },
  },
  sendAgainAction: {
    names: null,
    async deed() {
      return { input: { id: randomUUID() }, said: "not_found", effects: NOTHING };
    },
  },

  signOutAction: {
    names: null,
    async deed(visitor, _target, cast) {
      // Signing out ends the session that the cookie names, whoever brings it: those have one made for it.
      if (visitor.standing === "nobody") return { headers: {}, input: {}, said: "ok", effects: NOTHING };
      const { id, headers } = await cast.newSession(visitor);
      const ended = visitor.member ? [event(asPerson(visitor), "session.ended", id)] : [];
      return { headers, input: {}, said: "ok", effects: () => [`sessions ${id}`, ...ended] };
    },
  },
  signInAction: {
    names: null,
    counts: "sign_in_limits",
    async deed() {
      const input = { email: `${randomUUID()}@nowhere.example`, password: "not the password", return_to: "/" };
      return { input, said: "sign_in_failed", effects: NOTHING };
    },
  },
  setUpAction: {
    names: null,
    async deed() {
      const owner = { organization: "Canary", name: "Canary", email: "canary@nowhere.example", preset: "role_scoped" };
      const input = { code: "7Q4K-M9TX-2HDW", password: "corn silo above the harbour", ...owner };
      return { input, said: "already_set_up", effects: NOTHING };
    },
  },
};

/** A call of an action by a visitor, whoever it is. */
export async function deedOf(row: ActionRow, visitor: Visitor, target: Target | null, cast: Cast): Promise<Deed> {
  const act = ACTS[row.name];
  if (!act) throw new Error(`${row.name} has no entry in ACTS`);
  const label = [row.name, `by ${visitor.label}`, target && `on ${target.belongs}`].filter(Boolean).join(" ");
  if (passesGuard(row, visitor)) {
    const deed = { label, headers: visitor.headers, ...(await act.deed(visitor, target, cast)) };
    if (!isElsewhere(row, visitor)) return deed;
    // Input that is none is said to be none before anybody looks what may be done with it.
    return { ...deed, said: deed.said === "invalid" ? "invalid" : "not_permitted", effects: NOTHING };
  }
  // What somebody else may do: those whom the guard refuses send the very same.
  const { input } = await act.deed(cast.nextHouse(null).people[0] as Person, target, cast);
  return { label, headers: visitor.headers, input, said: "signed out", effects: NOTHING };
}
