import type { ListTokensQuery, Token } from "../../typescript/latchkey";
import type { Command } from "../command";
import { printList } from "../print-list";
import type { Printer } from "../printer";
import { statusCell, when, whenCell } from "../words";

const STATUSES = ["active", "expired", "deleted"] as const;
const LAST_USED = ["24h", "7d", "30d", "90d", "over_90d", "never"] as const;
const SORTS = ["created_at", "name", "last_used_at", "expires_at"].flatMap((column) => [column, `-${column}`]);

const roleOf = ({ role }: Token) => role?.name ?? "as its issuer";

/** A token with all that is to be said of it. */
export function printToken(token: Token & { secret?: string }, print: Printer): void {
  if (print.isJson) print.json(token);
  else
    print.facts([
      ["Name", token.name],
      ["Description", token.description],
      ["Id", token.id],
      ["Token", token.masked],
      ["Status", statusCell(token.status)],
      [
        "Issued by",
        token.issued_by.email ? `${token.issued_by.name} <${token.issued_by.email}>` : token.issued_by.name,
      ],
      ["Role", roleOf(token)],
      ["May", token.permissions.join(", ") || "nothing"],
      ["Networks", token.allowed_networks.join(", ") || null],
      ["Outside policy", token.outside_policy.join(", ") || null],
      ["Created", when(token.created_at)],
      ["Expires", token.expires_at ? when(token.expires_at) : "never"],
      [
        "Last used",
        token.last_used_at ? `${when(token.last_used_at)}, from ${token.last_used_ip ?? "somewhere"}` : "never",
      ],
      ["Deleted unless used", token.deletion_at && when(token.deletion_at)],
      ["Deleted", token.deleted_at && when(token.deleted_at)],
      ["New secret waits", token.rotation?.waiting_since && `since ${when(token.rotation.waiting_since)}`],
      ["Old secret ends", token.rotation?.previous_ends_at && when(token.rotation.previous_ends_at)],
      ["Secret", token.secret === undefined ? null : { text: token.secret, style: "bold" }],
    ]);
}

/** A new secret: alone, for the next program, or with its token and a word for whoever reads it. */
export function printSecret(
  token: Token & { secret: string },
  { alone, print }: { alone: boolean; print: Printer },
): void {
  if (alone) print.line(token.secret);
  else printToken(token, print);
  if (!alone && !print.isJson) print.note("\nThe secret is shown this once. Keep it where your secrets are.");
}

export const tokenCommands: readonly Command[] = [
  {
    path: "tokens list",
    words: "Lists tokens, newest first.",
    options: [
      { name: "status", takes: "STATUS", choices: STATUSES, many: true, words: "Tokens of this status." },
      { name: "search", takes: "TEXT", words: "A part of the name, or the start of the id." },
      { name: "issued-by", takes: "MEMBER-ID", many: true, words: "Tokens of this member." },
      {
        name: "role",
        takes: "ROLE-ID",
        many: true,
        words: "Tokens with this role; none for those that mirror their issuer.",
      },
      { name: "last-used", takes: "WHEN", choices: LAST_USED, words: "Used within that time, longer ago, or never." },
      { name: "expires", takes: "WHEN", choices: ["soon", "unacknowledged"], words: "Expiring within seven days." },
      {
        name: "policy",
        takes: "STANDING",
        choices: ["within", "outside"],
        words: "By what the policy would allow now.",
      },
      { name: "sort", takes: "COLUMN", choices: SORTS, words: "A minus sign turns the order round: --sort=-name." },
      { name: "limit", takes: "COUNT", words: "How many; 50 where it is left out." },
      { name: "all", words: "All of them." },
    ],
    examples: [
      ["latchkey tokens list --status active", "Those that work"],
      [
        "latchkey tokens list --last-used over_90d --all --json",
        "All that nobody has used for long, for another program",
      ],
    ],
    async run(call) {
      const { tokens } = await call.client();
      const query: ListTokensQuery = {
        status: call.texts("status") as ListTokensQuery["status"],
        q: call.text("search"),
        issued_by: call.texts("issued-by"),
        role: call.texts("role"),
        last_used: call.text("last-used") as ListTokensQuery["last_used"],
        expires: call.text("expires") as ListTokensQuery["expires"],
        policy: call.text("policy") as ListTokensQuery["policy"],
        sort: call.text("sort") as ListTokensQuery["sort"],
      };
      await printList(call, (limit) => tokens.list({ ...query, limit }), {
        heads: [
          { name: "Id", as: "whole" },
          "Name",
          { name: "Status", as: "whole" },
          { name: "Role", as: "spare" },
          { name: "Issued by", as: "spare" },
          { name: "Expires", as: "whole" },
          { name: "Last used", as: "whole" },
        ],
        row: (token) => [
          token.id,
          token.name,
          statusCell(token.status),
          roleOf(token),
          token.issued_by.name,
          whenCell(token.expires_at, "never"),
          whenCell(token.last_used_at, "never"),
        ],
        none: "There are no such tokens.",
      });
    },
  },
  {
    path: "tokens show",
    words: "Shows all there is to know of a token, but its secret.",
    takes: [{ name: "ID" }],
    examples: [["latchkey tokens show 1m9YQ2zk7hVd", "A token by its id"]],
    async run(call) {
      const { tokens } = await call.client();
      printToken(await tokens.get(call.args[0] ?? ""), call.print);
    },
  },
  {
    path: "tokens receipt",
    words: "Says which servers refuse a deleted token, and since when.",
    takes: [{ name: "ID" }],
    examples: [["latchkey tokens receipt 1m9YQ2zk7hVd", "For a day after the deletion"]],
    async run({ client, args, print }) {
      const receipt = await (await client()).tokens.receipt(args[0] ?? "");
      if (print.isJson) return print.json(receipt);
      const everywhere = receipt.refused_everywhere_after_ms;
      print.line(
        receipt.deleted_at === null
          ? "This token is not deleted."
          : `Deleted ${when(receipt.deleted_at)}; ${everywhere === null ? "not refused everywhere yet." : `refused everywhere after ${everywhere} ms.`}`,
      );
      if (receipt.deleted_at !== null)
        print.table(
          ["Host", "Server", { name: "State", as: "whole" }, { name: "After", as: "whole" }],
          receipt.instances.map(({ host, server, state, after_ms }) => [
            host,
            server,
            state,
            after_ms === null ? "–" : `${after_ms} ms`,
          ]),
          "",
        );
    },
  },
];
