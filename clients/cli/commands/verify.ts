import { LatchkeyProblem } from "../../typescript/latchkey";
import type { Command, CommandCall } from "../command";
import { CommandEnd, EXIT } from "../exit-codes";
import { hostOf, latchkeyAt } from "../signed-in";
import { readSecret } from "../terminal";
import { when } from "../words";

/** What is not valid is said on stdout, as the answer that it is, and ends with 1. */
function invalid(call: CommandCall, sentence: string, code: string): never {
  if (call.print.isJson) call.print.json({ valid: false, code });
  else call.print.line(sentence);
  throw new CommandEnd("", EXIT.refused);
}

async function byCalling(call: CommandCall, token: string): Promise<void> {
  const me = await latchkeyAt(await hostOf(call), { token })
    .me()
    .catch((error: unknown) => {
      if (!(error instanceof LatchkeyProblem) || error.status === 429 || error.status >= 500) throw error;
      return invalid(call, `Not valid: ${error.sentence}`, error.code);
    });
  if (call.print.isJson) return call.print.json({ valid: true, ...me });
  call.print.line(`Valid: ${me.name}, of ${me.issued_by.name} at ${me.organization.name}.`);
  call.print.line(`May ${me.permissions.join(", ") || "nothing"}.`);
  call.print.line(me.expires_at ? `Expires ${when(me.expires_at)}.` : "Does not expire.");
}

async function byIntrospection(call: CommandCall, token: string): Promise<void> {
  const said = await (await call.client()).oauth.introspect({ token });
  if (!said.active) return invalid(call, "Not active, as far as this client is told.", "inactive");
  if (call.print.isJson) return call.print.json({ valid: true, ...said });
  call.print.line(`Active. May ${said.scope || "nothing"}.`);
}

export const verifyCommands: readonly Command[] = [
  {
    path: "verify",
    words: "Says whether a token is valid: ends with 0 where it is, with 1 where it is not.",
    options: [
      { name: "introspect", words: "Asks as the client that is signed in, in place of calling with the token." },
    ],
    more: [
      "The token is asked for, or read from stdin, and never an argument: other people on the machine see those, and shells write them down.",
      "Either way counts as a use of the token.",
    ],
    examples: [
      ["latchkey verify --host https://tokens.example.com", "Asks for the token"],
      ["latchkey verify < token.txt && deploy", "In a script"],
    ],
    async run(call) {
      const token = (await readSecret(call.terminal, "Token")).trim();
      // Whatever is no token at all is not sent either.
      if (!/^[\x21-\x7e]+$/.test(token)) return invalid(call, "Not valid: no token has such characters.", "malformed");
      await (call.has("introspect") ? byIntrospection(call, token) : byCalling(call, token));
    },
  },
  {
    path: "revoke",
    words: "Takes a token back by itself: whoever holds it may end it.",
    more: [
      "The token is read as verify reads it. Nothing is said of a token that was not valid: OAuth has it so (RFC 7009).",
    ],
    examples: [["latchkey revoke < leaked.txt", "A token that was found somewhere"]],
    async run(call) {
      const token = (await readSecret(call.terminal, "Token")).trim();
      await latchkeyAt(await hostOf(call)).oauth.revoke({ token });
      if (call.print.isJson) call.print.json({ revoked: true });
      else call.print.line("It is not valid any more, if it was.");
    },
  },
];
