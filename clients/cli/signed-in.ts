import { Latchkey, type LatchkeyOptions, sessionOf } from "../typescript/latchkey";
import type { CommandCall } from "./command";
import { CommandEnd, EXIT, usage } from "./exit-codes";
import type { Profile, Profiles } from "./profiles";

type Env = Record<string, string | undefined>;

/** What a person is ready to wait for an answer that says to come again. */
const LONGEST_WAIT_MS = 15_000;
/** How long before its end an access token is renewed. */
const RENEW_BEFORE_MS = 60_000;

export const HOST_HINT = "Say where Latchkey is: --host https://tokens.example.com, or LATCHKEY_HOST.";

/** The API at a host, as whoever these say. */
export const latchkeyAt = (host: string, credentials: Credentials = {}) =>
  new Latchkey({
    baseUrl: host,
    longestWait: LONGEST_WAIT_MS,
    headers: { "User-Agent": "latchkey-cli" },
    ...credentials,
  });

export interface Wish {
  /** --profile. */
  profile: string | undefined;
  /** --host. */
  host: string | undefined;
}

/** Whoever calls, and where. */
export interface Caller {
  host: string;
  credentials: Credentials;
}

export type Credentials = Pick<LatchkeyOptions, "token" | "clientId" | "clientSecret" | "scope">;

/** Who is signed in: by the environment, unless a profile is named, or by what is kept. */
export async function callerOf({ profile: named, host }: Wish, env: Env, profiles: Profiles): Promise<Caller> {
  const fromEnvironment = named ? null : credentialsOf(env);
  if (fromEnvironment) {
    const where = host ?? env.LATCHKEY_HOST;
    const variable = credentialVariable(env);
    if (!where)
      throw usage(
        `${variable} is set, and goes before every kept login, without a host.`,
        HOST_HINT,
        `For a kept login instead: unset ${variable}, or say --profile NAME.`,
      );
    originOf(where);
    return { host: where, credentials: fromEnvironment };
  }
  const kept = await profiles.read();
  const name = named ?? (env.LATCHKEY_PROFILE || kept.current);
  const profile = kept.profiles[name];
  if (!profile) throw new CommandEnd(`Nobody is signed in as ${name}.`, EXIT.notSignedIn, ["latchkey login"]);
  if (host !== undefined && originOf(host) !== originOf(profile.host))
    throw new CommandEnd(`The login ${name} is of another host, and goes to no other.`, EXIT.notSignedIn, [
      `latchkey login --host ${originOf(host)} --profile NAME`,
    ]);
  return { host: profile.host, credentials: await credentialsIn(profile, name, profiles) };
}

/** The variable that says who calls, where one does. */
export const credentialVariable = (env: Env): string | undefined =>
  ["LATCHKEY_TOKEN", "LATCHKEY_CLIENT_ID", "LATCHKEY_CLIENT_SECRET"].find((name) => env[name]);

/** What to know of a variable that goes before the logins kept here; undefined where there is none. */
export function wordOnEnvironment(env: Env, logins: string): string | undefined {
  const variable = credentialVariable(env);
  return (
    variable && `${variable} is set, and goes before ${logins}.\n  Unset it, or say --profile NAME with each command.`
  );
}

function credentialsOf(env: Env): Credentials | null {
  const { LATCHKEY_TOKEN, LATCHKEY_CLIENT_ID, LATCHKEY_CLIENT_SECRET } = env;
  if (LATCHKEY_TOKEN) return { token: LATCHKEY_TOKEN };
  if (LATCHKEY_CLIENT_ID || LATCHKEY_CLIENT_SECRET)
    return { clientId: LATCHKEY_CLIENT_ID || undefined, clientSecret: LATCHKEY_CLIENT_SECRET || undefined };
  return null;
}

async function credentialsIn(profile: Profile, name: string, profiles: Profiles): Promise<Credentials> {
  if (profile.kind === "token") return { token: profile.token };
  if (profile.kind === "client")
    return { clientId: profile.clientId, clientSecret: profile.clientSecret, scope: profile.scope };
  if (!isOver(profile)) return { token: profile.session.accessToken };
  // A refresh token works once, and its second use ends the login: one process renews it, and the others see that it did.
  return profiles.change(async (kept) => {
    const current = kept.profiles[name];
    if (current?.kind !== "session") return signInAgain(name);
    if (isOver(current)) {
      const grant = await latchkeyAt(current.host)
        // Once: who waits longer than others believe the lock sends the same token as they do.
        .auth.refresh({ refresh_token: current.session.refreshToken }, { retries: 0 })
        .catch((error) =>
          error?.status >= 400 && error.status < 500 && error.status !== 429
            ? signInAgain(name)
            : Promise.reject(error),
        );
      current.session = sessionOf(grant);
    }
    return { token: current.session.accessToken };
  });
}

const isOver = ({ session }: Extract<Profile, { kind: "session" }>) =>
  Date.parse(session.accessTokenExpiresAt) - RENEW_BEFORE_MS <= Date.now();

function signInAgain(name: string): never {
  throw new CommandEnd(`The login ${name} is over.`, EXIT.notSignedIn, ["latchkey login"]);
}

/** Where the current login is, or where the caller says, for what takes none of its credentials. */
export async function hostOf({ text, terminal, profiles }: CommandCall): Promise<string> {
  const kept = await profiles.read();
  const named = text("profile");
  const ofProfile = kept.profiles[named ?? (terminal.env.LATCHKEY_PROFILE || kept.current)]?.host;
  const host = text("host") ?? (named ? ofProfile : terminal.env.LATCHKEY_HOST || ofProfile);
  if (!host) throw usage("The host is missing.", HOST_HINT);
  return originOf(host);
}

/** As far as two hosts are compared; what is no address is said so, and not repeated: it may hold a password. */
export function originOf(host: string): string {
  const url = URL.canParse(host) ? new URL(host) : null;
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw usage("The host is no address: it begins with https:// or http://.", HOST_HINT);
  if (url.username || url.password || url.search || url.hash)
    throw usage("The host is an address alone: no user, no query, nothing secret.", HOST_HINT);
  return url.origin;
}

/** Plain http lets others on the way read what is sent. */
export const isReadableOnTheWay = (host: string) =>
  host.startsWith("http:") && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/.test(new URL(host).hostname);
