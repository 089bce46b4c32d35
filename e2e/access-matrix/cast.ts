import { createHash, randomBytes, randomUUID } from "node:crypto";
import { notifications, sessions } from "@/db/schema";
import type { MemberActor } from "@/lib/access/actor";
import { DEMO_OPERATOR } from "@/lib/auth/demo-accounts";
import { createOrganization } from "@/lib/organizations/create-organization";
import { mintingKeys } from "@/lib/tokens/minting-keys";
import { PRESETS, TOKEN_PRESETS } from "@/lib/tokens/token-presets";
import { mintToken } from "@/lib/tokens/token-secret";
import { type MadeToken, makeWorld, type NewMember, type World } from "@/test/world";
import { accessTokens, bearer, bearing, callersAsClients } from "./bearers";
import type { OwnServer } from "./own-server";

const DAY = 86_400_000;

/** What the oracle knows of an organization, as it was made. */
export interface House {
  label: string;
  organizationId: string;
  visibility: "own" | "administrators" | "permitted";
  issuers: "everyone" | "administrators" | "administrators_with_teams" | "permitted";
  access: "assigned_role" | "issuer";
  descriptionRequired: boolean;
  roleIds: World["roleIds"];
  /** Holds a user and, as its administrator, the administrator. */
  groupId: string;
  /** An administrator, an engineer, two users, a viewer and a partner in the hub. */
  people: Person[];
  world: World;
}

/** What a visit is allowed by: a member's standing, or why there is none. */
export type Standing = "member" | "memberless" | "operator" | "nobody";

export interface Visitor {
  label: string;
  standing: Standing;
  house: House | null;
  /** Null for those without a membership. */
  member: MemberActor | null;
  userId: string | null;
  /** An organization that the session does not look at and that has this user as an active member. */
  elsewhere?: string;
  /** Sent with every request. */
  headers: Record<string, string>;
}

/** A member who can sign in, and has a token. */
export interface Person extends Visitor {
  standing: "member";
  house: House;
  member: MemberActor;
  userId: string;
  sessionId: string;
  /** What they were told; nobody else's to see or to mark. */
  notificationId: string;
  token: MadeToken;
}

export interface Bearer {
  label: string;
  issuer: Person;
  /** Null mirrors the issuer. */
  roleId: string | null;
  secret: string;
  /** Why the token is none, for those that are refused whatever they ask. */
  refused: "missing_token" | "invalid_token" | "client_secret_not_accepted" | null;
  headers: Record<string, string>;
  /** It is an access token of a client, and not its secret. */
  isAccessToken?: true;
  /** Whether it shows a client's ID and secret, both right. */
  isClient?: true;
}

export interface Cast {
  houses: House[];
  /** Members of every house, and everybody who comes from elsewhere. */
  visitors: Visitor[];
  bearers: Bearer[];
  /** Who asks where clients are let in: clients, and whoever is none. */
  clients: Bearer[];
  /** An organization that is not this one. */
  nextHouse(house: House | null): House;
  /** Another member like this one, for what can be done once. */
  twinOf(person: Person): Promise<Person>;
  /** Another session of the same user, for being ended. */
  newSession(visitor: Visitor): Promise<{ id: string; headers: Record<string, string> }>;
  newToken(issuer: Person, roleId?: string | null): Promise<MadeToken>;
  /** Has a token expire in so many days. */
  setExpiry(id: string, days: number): Promise<void>;
  /** Something that somebody was told, for being marked. */
  newNotification(person: Pick<Person, "house" | "member" | "token">): Promise<string>;
  /** An organization of nobody, on the enterprise plan and with tokens on, for what the operator does to one. */
  newOrganization(): Promise<string>;
}

const holding = (token: string) => ({ cookie: `latchkey.session=${token}` });

/** Fills the database with an organization of each preset, people of every role in each, and all kinds of strangers. */
export async function makeCast({ db, sql, url }: OwnServer): Promise<Cast> {
  async function openSession(
    userId: string,
    organizationId: string | null,
    { expiresAt = new Date(Date.now() + DAY), lastSeenAt = new Date() } = {},
  ) {
    const id = randomUUID();
    const token = randomBytes(32).toString("base64url");
    const tokenHash = createHash("sha256").update(token).digest();
    await db.insert(sessions).values({ id, tokenHash, userId, organizationId, lastSeenAt, expiresAt });
    return { id, headers: holding(token) };
  }

  const numberOf = ({ admin }: World) => Number(/world-(\d+)/.exec(admin.email)?.[1]);

  const newToken = (issuer: Person, roleId: string | null = null) =>
    issuer.house.world.addToken(issuer.member, {
      name: `Canary ${numberOf(issuer.house.world)} token ${issuer.member.memberId} ${randomUUID().slice(0, 8)}`,
      roleId,
    });

  async function newNotification({ house, member, token }: Pick<Person, "house" | "member" | "token">) {
    const id = randomUUID();
    const about = {
      id: token.id,
      name: `Canary ${numberOf(house.world)} token ${member.memberId}`,
      masked: "lk_pat_…",
    };
    await db.insert(notifications).values({
      organizationId: house.organizationId,
      id,
      memberId: member.memberId,
      event: "token_created",
      details: { kind: "token", token: about, by: null, issuedFor: null },
      inApp: true,
      at: new Date(),
    });
    return id;
  }

  async function enter(house: House, label: string, member: MemberActor): Promise<Person> {
    await sql`update users set name = ${`Canary ${numberOf(house.world)} ${label}`} where id = ${member.userId}`;
    const { id: sessionId, headers } = await openSession(member.userId, house.organizationId);
    const person = {
      label: `${house.label}'s ${label}`,
      standing: "member" as const,
      house,
      member,
      userId: member.userId,
      sessionId,
      headers,
      notificationId: "",
      token: { id: "", secret: "" },
    };
    person.token = await newToken(person);
    person.notificationId = await newNotification(person);
    return person;
  }

  async function makeHouse(preset: (typeof PRESETS)[number], wish: Parameters<typeof makeWorld>[1]): Promise<House> {
    const world = await makeWorld(db, {
      preset,
      teamsEnabled: preset === "admin_issued",
      // How many fit is not what is asked here.
      policy: { maxPerOrganization: null, maxPerIssuer: null },
      ...wish,
    });
    const number = numberOf(world);
    const { organizationId, roleIds } = world;
    await sql`update organizations set name = ${`Canary ${number} House`} where id = ${organizationId}`;
    await world.addRole(`Canary ${number} role`, ["tokens:read"]);
    const groupId = await world.addGroup(`Canary ${number} group`, [world.user], [world.admin]);
    await sql`insert into organization_permissions (organization_id, name, description)
      values (${organizationId}, \'canary:look\', ${`Canary ${number} permission`})`;
    const { visibility, issuers, access, description } = TOKEN_PRESETS[preset];
    const house: House = {
      label: preset,
      organizationId,
      visibility,
      issuers,
      access,
      descriptionRequired: description === "required",
      roleIds,
      groupId,
      people: [],
      world,
    };
    for (const role of ["admin", "engineer", "user", "viewer"] as const) {
      house.people.push(await enter(house, role, world[role]));
    }
    house.people.push(await enter(house, "partner", await world.addMember({ role: "viewer", portal: "hub" })));
    house.people.push(await enter(house, "second user", await world.addMember({ role: "user" })));
    return house;
  }

  const houses: House[] = [];
  for (const preset of PRESETS) houses.push(await makeHouse(preset, {}));
  const [first, second] = houses as [House, House];
  const off = await makeHouse("role_scoped", { tokensEnabled: false });

  const newMember = async (label: string, wish: NewMember) =>
    enter(first, label, await first.world.addMember({ role: "administrator", ...wish }));

  async function strangers(): Promise<Visitor[]> {
    const stranger = (
      label: string,
      standing: Standing,
      headers: Record<string, string>,
      from: Partial<Visitor> = {},
    ) => ({
      label,
      standing,
      house: null,
      member: null,
      userId: null,
      headers,
      ...from,
    });
    const admin = first.people[0] as Person;
    const deactivated = await newMember("deactivated", {});
    await first.world.deactivate(deactivated.member);
    const service = await newMember("service", { email: null });
    const forgotten = await newMember("forgotten", {});
    const loner = randomUUID();
    await sql`insert into users (id, name, email) values (${loner}, 'Loner', 'loner@nowhere.example')`;
    const [operator] = await sql<{ id: string }[]>`select id from users where email = ${DEMO_OPERATOR.email}`;
    const operatorId = operator?.id ?? "";
    const past = new Date(Date.now() - 60_000);
    const long = new Date(Date.now() - 8 * DAY);
    return [
      stranger("the operator", "operator", (await openSession(operatorId, null)).headers, { userId: operatorId }),
      stranger("a deactivated administrator", "memberless", deactivated.headers, {
        house: first,
        userId: deactivated.userId,
      }),
      stranger("a user of no organization", "memberless", (await openSession(loner, null)).headers, { userId: loner }),
      stranger(
        "an administrator whose session points at another organization",
        "memberless",
        (await openSession(admin.userId, second.organizationId)).headers,
        { userId: admin.userId, elsewhere: first.organizationId },
      ),
      stranger("nobody", "nobody", {}),
      stranger("an ended session", "nobody", holding(randomBytes(32).toString("base64url"))),
      stranger(
        "an expired session",
        "nobody",
        (await openSession(forgotten.userId, first.organizationId, { expiresAt: past })).headers,
      ),
      stranger(
        "a session idle for eight days",
        "nobody",
        (await openSession(forgotten.userId, first.organizationId, { lastSeenAt: long })).headers,
      ),
      stranger("a cookie that is no session", "nobody", holding("' or true --")),
      stranger("a service account's session", "nobody", service.headers),
      stranger("a token in place of a session", "nobody", bearing(admin.token.secret)),
    ];
  }

  async function withRole(label: string, issuer: Person, role: keyof World["roleIds"]): Promise<Bearer> {
    const roleId = issuer.house.roleIds[role];
    return bearer(`${issuer.label}, a ${label}`, issuer, (await newToken(issuer, roleId)).secret, { roleId });
  }

  async function brokenBearers(): Promise<Bearer[]> {
    const admin = first.people[0] as Person;
    const past = { expiresAt: new Date(Date.now() - 60_000) };
    const broken = (label: string, secret: string, refused: Bearer["refused"] = "invalid_token") =>
      bearer(label, admin, secret, { refused, ...(refused === "missing_token" ? { headers: {} } : {}) });
    const gone = await newMember("gone", {});
    await first.world.deactivate(gone.member);
    const { prefix } = mintingKeys();
    const changed = await newToken(admin);
    await sql`update api_tokens set secret_hash = sha256('another secret') where id = ${changed.id}`;
    return [
      broken("nobody", "", "missing_token"),
      broken("an expired token", (await first.world.addToken(admin.member, past)).secret),
      broken("a deleted token", (await first.world.addToken(admin.member, { deletedAt: new Date() })).secret),
      broken("a token of a deactivated issuer", gone.token.secret),
      broken("a token where tokens are switched off", (off.people[0] as Person).token.secret),
      broken("a token that was never made", mintToken(prefix, "pat").plain.reveal()),
      broken("a token with another secret", changed.secret),
      broken(
        "a client secret",
        (await first.world.addToken(admin.member, { kind: "cls" })).secret,
        "client_secret_not_accepted",
      ),
      broken("a token cut short", admin.token.secret.slice(0, -1)),
      {
        ...broken("an administrator's session in place of a token", "", "missing_token"),
        headers: admin.headers,
      },
    ];
  }

  return {
    houses,
    clients: await callersAsClients(first, second),
    visitors: [...houses.flatMap(({ people }) => people), ...(await strangers())],
    bearers: [
      ...houses.flatMap(({ people }) => people.map((person) => bearer(person.label, person, person.token.secret))),
      ...(await Promise.all(
        houses.flatMap(({ people: [admin, engineer, user] }) => [
          ...(["engineer", "user", "viewer"] as const).map((role) =>
            withRole(`${role}'s token`, admin as Person, role),
          ),
          withRole("viewer's token", engineer as Person, "viewer"),
          // As after the issuer's own role was lowered.
          withRole("token above its issuer", user as Person, "administrator"),
        ]),
      )),
      ...(await accessTokens(first, url)),
      ...(await brokenBearers()),
    ],
    nextHouse: (house) => houses[house ? (houses.indexOf(house) + 1) % houses.length : 0] as House,
    twinOf: async ({ house, member, label }) =>
      enter(
        house,
        `twin of ${label}`,
        await house.world.addMember({ role: { roleId: member.roleId }, portal: member.portal }),
      ),
    newSession: ({ userId, house, member }) => openSession(userId ?? "", member && house ? house.organizationId : null),
    newToken,
    newNotification,
    setExpiry: async (id, days) => {
      await sql`update api_tokens set expires_at = now() + ${days} * interval '24 hours' where id = ${id}`;
    },
    newOrganization: async () => {
      const settings = { plan: "enterprise", tokensEnabled: true, teamsEnabled: false, groupNoun: "group" } as const;
      const organization = {
        ...settings,
        name: "Matrix",
        slug: `matrix-${randomUUID()}`,
        preset: "role_scoped",
      } as const;
      const ctx = { now: new Date(), origin: { requestId: null, ip: null } };
      return (await db.transaction((tx) => createOrganization(tx, organization, ctx))).organizationId;
    },
  };
}
