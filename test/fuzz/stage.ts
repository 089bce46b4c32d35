import { inject } from "vitest";
import type { Db } from "@/db/client";
import { forgeToken } from "../forge-token";
import { makeScene, PASSWORD, type Scene } from "../served/scene";
import type { MadeToken } from "../world";
import type { Bytes } from "./hostile-bodies";

type Values = Record<string, () => Promise<string>>;

/** The names of those stand-ins that nobody may be told again. */
const SECRET = /^(?:pat_|access|login|refresh|svc|client_secret|expired|deleted|forged|basic|password)/;

/**
 * Who calls while one operation is tried: an organization of its own, its people and credentials of every strength, each
 * made when it is first used. What a call ended is made anew.
 */
export class Stage {
  readonly #db: Db;
  #scene: Promise<Scene> | undefined;
  #made = new Map<string, Promise<string>>();
  #ownClient: Promise<MadeToken> | undefined;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The text with real values in place of its stand-ins, and the secrets among them. */
  async fill(text: Bytes): Promise<{ text: Bytes; secrets: string[] }> {
    const names = [...new Set([...text.matchAll(/PH\.(\w+)\.PH/g)].map(([, name]) => name ?? ""))];
    const values = new Map<string, string>();
    for (const name of names) values.set(name, await this.#value(name));
    return {
      text: text.replace(/PH\.(\w+)\.PH/g, (_, name: string) => values.get(name) ?? ""),
      secrets: names.filter((name) => SECRET.test(name)).map((name) => core(values.get(name) ?? "")),
    };
  }

  /** Has credentials made again, since a call may have ended them. */
  renewCredentials(): void {
    this.#made = new Map();
    this.#ownClient = undefined;
  }

  /** Has everything made again, since a call may have changed who may do what. */
  renew(): void {
    this.#scene = undefined;
    this.renewCredentials();
  }

  async #value(name: string): Promise<string> {
    let made = this.#made.get(name);
    if (!made) {
      const make = this.#values[name];
      if (!make) throw new Error(`nothing is known of ${name}`);
      made = make();
      this.#made.set(name, made);
    }
    return made;
  }

  async #client(): Promise<MadeToken> {
    const { world } = await this.#there();
    this.#ownClient ??= world.addToken(world.admin, { kind: "cls", roleId: world.roleIds.engineer });
    return this.#ownClient;
  }

  #there(): Promise<Scene> {
    this.#scene ??= makeScene(this.#db);
    return this.#scene;
  }

  async #token(issuer: "admin" | "engineer" | "viewer", wish: Parameters<Scene["world"]["addToken"]>[1] = {}) {
    const { world } = await this.#there();
    return (await world.addToken(world[issuer], { roleId: null, ...wish })).secret;
  }

  async #ask(path: string, body: URLSearchParams | string): Promise<Record<string, unknown>> {
    const answer = await fetch(`${inject("servedUrl")}/api/v1${path}`, {
      method: "POST",
      body,
      headers: typeof body === "string" ? { "content-type": "application/json" } : {},
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  async #access(scope?: string): Promise<string> {
    const client = await this.#client();
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: client.id,
      client_secret: client.secret,
      ...(scope ? { scope } : {}),
    });
    return String((await this.#ask("/oauth/token", form)).access_token);
  }

  async #login(): Promise<Record<string, unknown>> {
    const { person } = await this.#there();
    return this.#ask("/auth/login", JSON.stringify({ email: person.email, password: PASSWORD }));
  }

  readonly #values: Values = {
    pat_admin: () => this.#token("admin"),
    pat_engineer: () => this.#token("engineer"),
    pat_viewer: () => this.#token("viewer"),
    pat_nothing: async () => {
      const { world } = await this.#there();
      return this.#token("admin", { roleId: await world.addRole(`Nothing ${Math.random()}`, []) });
    },
    svc: async () => {
      const { world } = await this.#there();
      const service = await world.addMember({ role: "engineer", email: null, owner: world.admin });
      return (await world.addToken(service, { kind: "svc", roleId: null })).secret;
    },
    expired: () => this.#token("admin", { expiresAt: new Date(Date.now() - 1000) }),
    deleted: () => this.#token("admin", { deletedAt: new Date() }),
    forged: async () => forgeToken(await this.#token("admin"), await this.#token("admin")),
    client_id: async () => (await this.#client()).id,
    client_secret: async () => (await this.#client()).secret,
    basic: async () => {
      const client = await this.#client();
      return Buffer.from(`${client.id}:${client.secret}`).toString("base64");
    },
    basic_wrong: async () => Buffer.from(`${(await this.#client()).id}:wrong`).toString("base64"),
    access: () => this.#access(),
    access_narrow: () => this.#access("members:read"),
    access_cut: async () => (await this.#value("access")).slice(0, -5),
    access_mixed: async () => {
      const [head, claims] = (await this.#value("access")).split(".");
      return `${head}.${claims}.${(await this.#value("access_narrow")).split(".")[2]}`;
    },
    unsigned: async () => {
      const head = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url");
      return `${head}.${(await this.#value("access")).split(".")[1]}.`;
    },
    login: async () => String((await this.#login()).access_token),
    refresh: async () => String((await this.#login()).refresh_token),
    email: async () => (await this.#there()).person.email,
    password: async () => PASSWORD,
    resource: async () => `${inject("servedUrl")}/api/v1`,
    organization: async () => (await this.#there()).world.organizationId,
    member: async () => (await this.#there()).world.user.memberId,
    group: async () => (await this.#there()).groupId,
    role: async () => (await this.#there()).world.roleIds.viewer,
    token: async () => {
      const { world } = await this.#there();
      const expiresAt = new Date(Date.now() + 3 * 86_400_000);
      return (await world.addToken(world.user, { roleId: world.roleIds.viewer, expiresAt })).id;
    },
  };
}

/** The part of a credential that gives it away: of a token its secret without the id, of a JWT its signature. */
function core(secret: string): string {
  if (secret.includes(".")) return secret.split(".").at(-1) || secret;
  return secret.split("_")[3]?.slice(0, 30) ?? secret;
}
