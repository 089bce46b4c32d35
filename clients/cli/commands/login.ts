import { LatchkeyProblem, type OwnToken, sessionOf } from "../../typescript/latchkey";
import type { Command, CommandCall } from "../command";
import { CommandEnd, EXIT, usage } from "../exit-codes";
import type { Profile } from "../profiles";
import { type Credentials, HOST_HINT, isReadableOnTheWay, latchkeyAt, originOf, wordOnEnvironment } from "../signed-in";
import { ask, readSecret } from "../terminal";
import { when } from "../words";

/** Who that is, in a line. */
const nameOf = ({ issued_by, organization }: OwnToken) => `${issued_by.name} at ${organization.name}`;

async function hostFor(call: CommandCall): Promise<string> {
  const { terminal, profiles, print } = call;
  const kept = await profiles.read();
  const known = call.text("host") ?? (terminal.env.LATCHKEY_HOST || kept.profiles[nameFor(call, kept.current)]?.host);
  const host =
    known ?? (terminal.stdin.isTTY ? (await ask(terminal, "Host, such as https://tokens.example.com: ")).trim() : "");
  if (host === "") throw usage("The host is missing.", HOST_HINT);
  const origin = originOf(host);
  if (isReadableOnTheWay(origin))
    print.note(`Careful: ${origin} is plain http. Whoever is on the way reads your credentials.`);
  return origin;
}

const nameFor = (call: CommandCall, current: string) =>
  call.text("profile") ?? (call.terminal.env.LATCHKEY_PROFILE || current);

async function profileFor(call: CommandCall, host: string): Promise<Profile> {
  const { terminal } = call;
  const clientId = call.text("client-id");
  const scope = call
    .text("scope")
    ?.split(/[\s,]+/)
    .filter((part) => part !== "");
  if (clientId !== undefined) {
    const clientSecret = await readSecret(terminal, "Client secret");
    return { host, kind: "client", clientId, clientSecret, ...(scope ? { scope } : {}) };
  }
  if (call.has("token")) return { host, kind: "token", token: (await readSecret(terminal, "Token")).trim() };
  const email = call.text("email") ?? (terminal.stdin.isTTY ? (await ask(terminal, "Email: ")).trim() : "");
  if (email === "") throw usage("Whose login is it? Say --email, --token or --client-id.");
  const password = await readSecret(terminal, "Password");
  const logIn = (organization: string | undefined) =>
    latchkeyAt(host).auth.login({ email, password, organization, scope: scope?.join(" ") });
  const grant = await logIn(call.text("organization")).catch(async (error: unknown) => {
    const isAsked = error instanceof LatchkeyProblem && error.is("organization_required") && terminal.stdin.isTTY;
    if (!isAsked) throw error;
    call.print.note(error.sentence);
    return logIn((await ask(terminal, "Organization: ")).trim());
  });
  return { host, kind: "session", email, session: sessionOf(grant) };
}

function credentialsOf(profile: Profile): Credentials {
  if (profile.kind === "token") return { token: profile.token };
  if (profile.kind === "session") return { token: profile.session.accessToken };
  return { clientId: profile.clientId, clientSecret: profile.clientSecret, scope: profile.scope };
}

/** Ends it at the server, where that is this login's own to end. */
async function endAtServer(profile: Profile): Promise<void> {
  if (profile.kind === "session")
    await latchkeyAt(profile.host).auth.logout({ refresh_token: profile.session.refreshToken }, { retries: 1 });
}

export const loginCommands: readonly Command[] = [
  {
    path: "login",
    words: "Signs in, and keeps the login in a file that only you can read.",
    options: [
      {
        name: "email",
        takes: "EMAIL",
        words: "Asked for where it is left out. The password always is, or read from stdin.",
      },
      { name: "organization", takes: "SLUG", words: "Needed by whoever is in several." },
      { name: "token", words: "With a token instead, asked for or read from stdin." },
      { name: "client-id", takes: "ID", words: "As a client instead; its secret is asked for or read from stdin." },
      {
        name: "scope",
        takes: "PERMISSIONS",
        words: "For a login that may do no more than these, with commas between them.",
      },
    ],
    more: [
      "No secret is ever an argument: other people on the machine see those, and shells write them down.",
      "A login with a password renews itself, for 30 days at most.",
    ],
    examples: [
      ["latchkey login --host https://tokens.example.com", "Asks for email and password"],
      ["latchkey login --profile work --organization acme", "Another login beside the first"],
      ["latchkey login --token < token.txt", "With a token out of a file"],
      ["printenv CLIENT_SECRET | latchkey login --client-id 4cTq8ZbN1xWe", "As a client"],
    ],
    async run(call) {
      const { print, profiles, terminal } = call;
      if (call.has("token") && call.text("client-id") !== undefined)
        throw usage("Say --token or --client-id, not both.");
      const host = await hostFor(call);
      const profile = await profileFor(call, host);
      const me = await latchkeyAt(host, credentialsOf(profile)).me();
      profile.who = { name: me.issued_by.name, organization: me.organization.name };
      const { name, before } = await profiles.change((kept) => {
        const name = nameFor(call, kept.current);
        const before = kept.profiles[name];
        kept.profiles[name] = profile;
        kept.current = name;
        return { name, before };
      });
      // The login that this one took the place of would live on, with nobody to end it.
      if (before) await endAtServer(before).catch(() => undefined);
      if (print.isJson) print.json({ profile: name, host, ...me });
      else print.line(`Signed in to ${host} as ${nameOf(me)} (${name}).`);
      const word = wordOnEnvironment(terminal.env, "this login");
      if (word) print.note(word);
    },
  },
  {
    path: "logout",
    words: "Ends the login here and at the server, and forgets it.",
    more: [
      "A token or a client that was kept is forgotten, and goes on working elsewhere: delete it where that is meant.",
    ],
    examples: [
      ["latchkey logout", "The current login"],
      ["latchkey logout --profile work", "Another one"],
    ],
    async run(call) {
      const { print, profiles } = call;
      const { name, profile } = await profiles.change((kept) => {
        const name = nameFor(call, kept.current);
        const profile = kept.profiles[name];
        delete kept.profiles[name];
        if (kept.current === name) kept.current = Object.keys(kept.profiles)[0] ?? "default";
        return { name, profile };
      });
      if (!profile) throw new CommandEnd(`Nobody is signed in as ${name}.`, EXIT.notSignedIn);
      await endAtServer(profile).catch((error: { status?: number }) => {
        // One that is over already is what was asked for.
        if (error.status === undefined || error.status === 429 || error.status >= 500)
          throw new CommandEnd("It is forgotten here, but the server could not be told.", EXIT.unavailable, [
            "End it there: Profile > Sessions.",
          ]);
      });
      if (print.isJson) print.json({ profile: name, host: profile.host });
      else
        print.line(
          `Signed out of ${profile.host} (${name}).${profile.kind === "session" ? "" : " What was kept is forgotten, and still works."}`,
        );
    },
  },
  {
    path: "whoami",
    words: "Says who calls, and what they may do now.",
    examples: [
      ["latchkey whoami", "The current login"],
      ["LATCHKEY_TOKEN=… latchkey whoami --host https://tokens.example.com --json", "The token of a script"],
    ],
    async run(call) {
      const latchkey = await call.client();
      const me = await latchkey.me();
      if (call.print.isJson) return call.print.json(me);
      call.print.facts([
        ["Host", latchkey.baseUrl],
        ["Organization", `${me.organization.name} (${me.organization.slug})`],
        ["Issuer", me.issued_by.email ? `${me.issued_by.name} <${me.issued_by.email}>` : me.issued_by.name],
        ["Role", me.role?.name ?? `${me.issued_by.role.name}, as its issuer`],
        ["May", me.permissions.join(", ") || "nothing"],
        ["Groups", me.groups.map(({ name }) => name).join(", ") || "–"],
        ["Kind", me.kind],
        ["Id", me.id],
        ["Expires", me.expires_at ? when(me.expires_at) : "never"],
      ]);
    },
  },
];
