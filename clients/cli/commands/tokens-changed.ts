import type { CreateTokenBody, Latchkey, UpdateTokenBody } from "../../typescript/latchkey";
import type { Argument, Command, CommandCall, Option } from "../command";
import { CommandEnd, EXIT, usage } from "../exit-codes";
import { confirm } from "../terminal";
import { readCount, readMoment } from "../words";
import { printSecret, printToken } from "./tokens";

const ID: Argument = { name: "ID" };
/** Or the one that is called with. */
const ID_OR_SELF: Argument = { name: "ID|self" };
const SECRET_ONLY: Option = { name: "secret-only", words: "Nothing but the secret, for a script." };
const NETWORK: Option = {
  name: "network",
  takes: "CIDR",
  many: true,
  words: "From where it may be used: an address or a block.",
};
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A role by its id, or by the name that people know it by. */
async function roleId({ roles }: Latchkey, wish: string): Promise<string> {
  if (UUID.test(wish)) return wish;
  const names: string[] = [];
  for await (const { id, name } of roles.list({ limit: 100 })) {
    if (name.toLowerCase() === wish.toLowerCase()) return id;
    names.push(name);
  }
  throw usage("There is no role of that name.", `There are ${names.join(", ")}.`);
}

const wordsOf = (many: number) => (many === 1 ? "this token" : `these ${many} tokens`);

async function isSure(call: CommandCall, latchkey: Latchkey): Promise<boolean> {
  const { args, terminal, print } = call;
  if (call.has("yes")) return true;
  if (!terminal.stdin.isTTY) throw usage("There is nobody to ask whether you are sure. Say --yes.");
  for (const id of args) {
    const { name, masked } = id === "self" ? await latchkey.me() : await latchkey.tokens.get(id);
    print.note(`${masked}  ${name}`);
  }
  return confirm(terminal, `Delete ${wordsOf(args.length)} for good?`);
}

export const changingTokenCommands: readonly Command[] = [
  {
    path: "tokens create",
    words: "Creates a token, and shows its secret this once.",
    options: [
      { name: "name", takes: "NAME", words: "What people call it." },
      { name: "description", takes: "TEXT", words: "What it is for, where the policy has descriptions." },
      { name: "role", takes: "ROLE", words: "By name or id. Left out where tokens mirror their issuer." },
      { name: "expires", takes: "WHEN", words: "90d, 12h, 2027-01-31 or never. Left out where the policy fixes it." },
      { name: "issuer", takes: "MEMBER-ID", words: "A service account of yours that issues it." },
      NETWORK,
      SECRET_ONLY,
    ],
    examples: [
      ['latchkey tokens create --name "Order sync" --role Engineer --expires 90d', "A token for a job"],
      [
        "latchkey tokens create --name CI --role Viewer --expires 30d --secret-only > token.txt",
        "Its secret alone, into a file",
      ],
    ],
    async run(call) {
      const latchkey = await call.client();
      const [role, expires] = [call.text("role"), call.text("expires")];
      const body: CreateTokenBody = {
        name: call.text("name"),
        description: call.text("description"),
        role_id: role && (await roleId(latchkey, role)),
        expires_at: expires && readMoment(expires, call.now),
        issuer_id: call.text("issuer"),
        allowed_networks: call.texts("network").length > 0 ? call.texts("network") : undefined,
      };
      printSecret(await latchkey.tokens.create(body), { alone: call.has("secret-only"), print: call.print });
    },
  },
  {
    path: "tokens update",
    words: "Changes a token's name, description or networks.",
    takes: [ID],
    options: [
      { name: "name", takes: "NAME", words: "Its new name." },
      { name: "description", takes: "TEXT", words: "Its new description; an empty one takes it away." },
      NETWORK,
      { name: "any-network", words: "Takes its own networks away." },
    ],
    examples: [["latchkey tokens update 1m9YQ2zk7hVd --network 203.0.113.0/24", "Bind it to a network"]],
    async run(call) {
      const networks = call.texts("network");
      if (networks.length > 0 && call.has("any-network")) throw usage("Say --network or --any-network, not both.");
      const description = call.text("description");
      const body: UpdateTokenBody = {
        name: call.text("name"),
        description: description === "" ? null : description,
        allowed_networks: networks.length > 0 ? networks : call.has("any-network") ? [] : undefined,
      };
      if (Object.values(body).every((value) => value === undefined)) throw usage("Say what is to change.");
      const { tokens } = await call.client();
      printToken(await tokens.update(call.args[0] ?? "", body), call.print);
    },
  },
  {
    path: "tokens rotate",
    words: "Makes a new secret for a token, and shows it this once.",
    takes: [ID_OR_SELF],
    options: [
      {
        name: "overlap-days",
        takes: "DAYS",
        words: "For how long the old secret goes on once the new one was used: 0 to 7, 1 where it is left out.",
      },
      SECRET_ONLY,
    ],
    more: [
      "The old secret works until the new one is first used. Nothing is lost where the new one never arrives: ask again.",
    ],
    examples: [
      ["latchkey tokens rotate 1m9YQ2zk7hVd --secret-only > token.txt", "A new secret, into a file"],
      ["latchkey tokens rotate self --overlap-days 0", "For the token that is called with"],
    ],
    async run(call) {
      const [id = ""] = call.args;
      const days = call.text("overlap-days");
      const body = days === undefined ? {} : { overlap_days: readCount(days, "overlap-days", 0, 7) };
      const latchkey = await call.client();
      const alone = call.has("secret-only");
      if (id !== "self") return printSecret(await latchkey.tokens.rotate(id, body), { alone, print: call.print });
      const own = await latchkey.self.rotate(body);
      if (call.print.isJson && !alone) return call.print.json(own);
      call.print.line(own.secret);
      if (!alone)
        call.print.note(`The new secret of ${own.name}, shown this once. The old one works until it is first used.`);
    },
  },
  {
    path: "tokens cancel-rotation",
    words: "Takes a new secret back that nobody has used yet.",
    takes: [ID_OR_SELF],
    examples: [["latchkey tokens cancel-rotation 1m9YQ2zk7hVd", "The old secret stays the only one"]],
    async run({ args, client, print }) {
      const [id = ""] = args;
      const latchkey = await client();
      if (id !== "self") return printToken(await latchkey.tokens.cancelRotation(id), print);
      const own = await latchkey.self.cancelRotation();
      if (print.isJson) print.json(own);
      else print.line(`The new secret of ${own.name} never works.`);
    },
  },
  {
    path: "tokens extend",
    words: "Lets a token live longer.",
    takes: [ID],
    options: [{ name: "expires", takes: "WHEN", words: "90d (from now), 2027-01-31 or never." }],
    examples: [["latchkey tokens extend 1m9YQ2zk7hVd --expires 90d", "90 days from now"]],
    async run(call) {
      const expires = call.text("expires");
      if (expires === undefined) throw usage("--expires is missing.");
      const { tokens } = await call.client();
      const body = { expires_at: readMoment(expires, call.now) };
      printToken(await tokens.extend(call.args[0] ?? "", body), call.print);
    },
  },
  {
    path: "tokens delete",
    words: "Deletes tokens for good. Their next call is refused.",
    takes: [{ ...ID_OR_SELF, many: true }],
    options: [{ name: "yes", words: "Without asking." }],
    examples: [
      ["latchkey tokens delete 1m9YQ2zk7hVd", "Asks first"],
      ["latchkey tokens delete self --yes", "The token that is called with, where it may have leaked"],
    ],
    async run(call) {
      const { args, print } = call;
      const latchkey = await call.client();
      if (!(await isSure(call, latchkey))) throw new CommandEnd("Nothing was deleted.", EXIT.refused);
      const gone = [];
      for (const id of args) {
        const deleted = id === "self" ? await latchkey.self.delete() : await latchkey.tokens.delete(id);
        gone.push(deleted);
        if (!print.isJson) print.line(`Deleted ${deleted.id}.`);
      }
      if (print.isJson) print.json(gone);
    },
  },
];
