import type { Command } from "../command";
import { CommandEnd, EXIT } from "../exit-codes";
import { latchkeyAt, wordOnEnvironment } from "../signed-in";

const KINDS = { session: "a person", token: "a token", client: "a client" } as const;

export const profileCommands: readonly Command[] = [
  {
    path: "profiles list",
    words: "Lists the logins that are kept here.",
    more: ["A token or a client in the environment goes before all of them. whoami says who calls."],
    examples: [["latchkey profiles list", "The current one has a star"]],
    async run({ profiles, print, terminal }) {
      const kept = await profiles.read();
      const all = Object.entries(kept.profiles).map(([name, profile]) => ({
        name,
        host: profile.host,
        kind: profile.kind,
        ...(profile.kind === "session" ? { email: profile.email } : {}),
        ...(profile.kind === "client" ? { client_id: profile.clientId } : {}),
        ...(profile.who ? { issued_by: profile.who.name, organization: profile.who.organization } : {}),
        current: name === kept.current,
      }));
      if (print.isJson) return print.json(all);
      print.table(
        ["", { name: "Name", as: "whole" }, "Host", "As", "Organization"],
        all.map(({ name, host, kind, email, client_id, issued_by, organization, current }) => [
          current ? "*" : "",
          name,
          host,
          email ?? [KINDS[kind], client_id ?? (issued_by && `of ${issued_by}`)].filter(Boolean).join(" "),
          organization ?? "–",
        ]),
        "Nobody is signed in.",
      );
      const word = wordOnEnvironment(terminal.env, all.length > 0 ? "all of these" : "what is kept here");
      if (word) print.note(word);
    },
  },
  {
    path: "profiles use",
    words: "Makes another login the current one.",
    takes: [{ name: "NAME" }],
    examples: [["latchkey profiles use work", "From now on"]],
    async run({ args, profiles, print }) {
      const [name = ""] = args;
      await profiles.change((kept) => {
        if (!kept.profiles[name]) throw new CommandEnd(`Nobody is signed in as ${name}.`, EXIT.notSignedIn);
        kept.current = name;
      });
      if (print.isJson) print.json({ current: name });
      else print.line(`From now on, ${name}.`);
    },
  },
  {
    path: "access-token",
    words: "Prints an access token for an hour, for another program.",
    more: [
      "Of a client that is signed in, a new one; of a person, the one of the login.",
      "Hand it on by a pipe, and not as an argument: other people on the machine see those for as long as the call lasts.",
    ],
    options: [{ name: "header", words: "As the line of a header, which curl reads with -H @-." }],
    examples: [
      ["latchkey access-token --header | curl -H @- https://tokens.example.com/api/v1/me", "A call of one's own"],
    ],
    async run(call) {
      const { host, credentials } = await call.caller();
      const { clientId, token, scope } = credentials;
      if (clientId === undefined && !token?.includes("."))
        throw new CommandEnd("A token needs no access token: it is one by itself.", EXIT.refused);
      const grant =
        clientId === undefined
          ? { access_token: token }
          : await latchkeyAt(host, credentials).oauth.token({
              grant_type: "client_credentials",
              scope: scope?.join(" "),
            });
      if (call.print.isJson) call.print.json(grant);
      else call.print.line(`${call.has("header") ? "Authorization: Bearer " : ""}${grant.access_token ?? ""}`);
    },
  },
];
