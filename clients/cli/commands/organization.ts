import type { Group, ListAuditEventsQuery, Member, UpdateMemberBody } from "../../typescript/latchkey";
import type { Command, Option } from "../command";
import { usage } from "../exit-codes";
import { printList } from "../print-list";
import type { Printer } from "../printer";
import { hostOf, latchkeyAt } from "../signed-in";
import { statusCell, when } from "../words";

const PAGE_OPTIONS: readonly Option[] = [
  { name: "limit", takes: "COUNT", words: "How many; 50 where it is left out." },
  { name: "all", words: "All of them." },
];

const EVENT_KINDS = ["tokens", "members", "groups", "roles", "settings", "sessions"] as const;
const administratorsOf = ({ administrators }: Group) => administrators?.map(({ name }) => name).join(", ") || "–";
const groupsOf = ({ groups }: Member) => groups.map(({ name }) => name).join(", ");

function printMember(member: Member, print: Printer): void {
  if (print.isJson) print.json(member);
  else
    print.facts([
      ["Name", member.name],
      ["Email", member.email],
      ["Id", member.id],
      ["Kind", member.kind],
      ["Role", member.role.name],
      ["Groups", groupsOf(member) || "–"],
      ["Portal", member.portal],
      ["Status", statusCell(member.status)],
      ["Owner", member.owner && `${member.owner.name} (${member.owner.kind})`],
      ["Joined", when(member.created_at)],
      ["Deactivated", member.deactivated_at && when(member.deactivated_at)],
    ]);
}

export const organizationCommands: readonly Command[] = [
  {
    path: "members list",
    words: "Lists the people and service accounts of the organization.",
    options: PAGE_OPTIONS,
    examples: [["latchkey members list --all --json", "All of them, for another program"]],
    async run(call) {
      const { members } = await call.client();
      await printList(call, (limit) => members.list({ limit }), {
        heads: [
          { name: "Id", as: "whole" },
          "Name",
          { name: "Email", as: "spare" },
          { name: "Role", as: "spare" },
          { name: "Groups", as: "spare" },
          { name: "Status", as: "whole" },
        ],
        row: (member) => [
          member.id,
          member.name,
          member.email ?? "–",
          member.role.name,
          groupsOf(member) || "–",
          statusCell(member.status),
        ],
        none: "There is nobody to see.",
      });
    },
  },
  {
    path: "members show",
    words: "Shows a member.",
    takes: [{ name: "ID" }],
    examples: [["latchkey members show 0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57", "By the id of the list"]],
    async run({ args, client, print }) {
      printMember(await (await client()).members.get(args[0] ?? ""), print);
    },
  },
  {
    path: "members update",
    words: "Changes a member's role, groups or portal, or shuts them out and lets them in again.",
    takes: [{ name: "ID" }],
    options: [
      { name: "role", takes: "ROLE-ID", words: "Another role." },
      { name: "group", takes: "GROUP-ID", many: true, words: "All groups that the member is to be in." },
      { name: "no-groups", words: "Out of all groups." },
      { name: "portal", takes: "PORTAL", choices: ["console", "hub"], words: "Where the person signs in." },
      {
        name: "status",
        takes: "STATUS",
        choices: ["active", "deactivated"],
        words: "deactivated stops the member's tokens too.",
      },
    ],
    examples: [
      ["latchkey members update 0198a4d2-6f04-7c2b-8a6d-2f0c9b1e4a57 --status deactivated", "Shut somebody out"],
    ],
    async run(call) {
      const groups = call.texts("group");
      if (groups.length > 0 && call.has("no-groups")) throw usage("Say --group or --no-groups, not both.");
      const body: UpdateMemberBody = {
        role_id: call.text("role"),
        group_ids: groups.length > 0 ? groups : call.has("no-groups") ? [] : undefined,
        portal: call.text("portal") as UpdateMemberBody["portal"],
        status: call.text("status") as UpdateMemberBody["status"],
      };
      if (Object.values(body).every((value) => value === undefined)) throw usage("Say what is to change.");
      const { members } = await call.client();
      printMember(await members.update(call.args[0] ?? "", body), call.print);
    },
  },
  {
    path: "groups list",
    words: "Lists the groups that you see.",
    options: PAGE_OPTIONS,
    examples: [["latchkey groups list", "With how many are in each"]],
    async run(call) {
      const { groups } = await call.client();
      await printList(call, (limit) => groups.list({ limit }), {
        heads: [
          { name: "Id", as: "whole" },
          "Name",
          { name: "Members", as: "whole" },
          { name: "Administrators", as: "spare" },
        ],
        row: (group) => [group.id, group.name, String(group.members), administratorsOf(group)],
        none: "There are no groups to see.",
      });
    },
  },
  {
    path: "groups show",
    words: "Shows a group.",
    takes: [{ name: "ID" }],
    examples: [["latchkey groups show 0198a4d3-01aa-7d3f-b6b1-64c2d2a9f0c3", "By the id of the list"]],
    async run({ args, client, print }) {
      const group = await (await client()).groups.get(args[0] ?? "");
      if (print.isJson) return print.json(group);
      print.facts([
        ["Name", group.name],
        ["Id", group.id],
        ["Members", String(group.members)],
        ["Administrators", administratorsOf(group)],
        ["Created", when(group.created_at)],
      ]);
    },
  },
  {
    path: "roles list",
    words: "Lists the roles, with what each allows.",
    options: PAGE_OPTIONS,
    examples: [["latchkey roles list", "The built-in ones and your own"]],
    async run(call) {
      const { roles } = await call.client();
      await printList(call, (limit) => roles.list({ limit }), {
        heads: [{ name: "Id", as: "whole" }, "Name", { name: "Allows", as: "spare" }],
        row: ({ id, name, permissions }) => [id, name, permissions.join(", ") || "nothing"],
        none: "There are no roles.",
      });
    },
  },
  {
    path: "organization show",
    words: "Shows the organization, its plan and what is switched on.",
    examples: [["latchkey organization show", "The one that you are signed in to"]],
    async run({ client, print }) {
      const organization = await (await client()).organization.get();
      if (print.isJson) return print.json(organization);
      print.facts([
        ["Name", organization.name],
        ["Slug", organization.slug],
        ["Id", organization.id],
        ["Plan", organization.plan],
        ["Tokens", organization.tokens_enabled ? "on" : "off"],
        ["Groups", organization.teams_enabled ? `on, called ${organization.group_noun.replace("_", " ")}` : "off"],
        ["Created", when(organization.created_at)],
      ]);
    },
  },
  {
    path: "audit list",
    words: "Lists what happened, newest first.",
    options: [
      { name: "kind", takes: "KIND", choices: EVENT_KINDS, many: true, words: "What it is about." },
      { name: "by", takes: "MEMBER-ID", many: true, words: "What this member did, also through their tokens." },
      ...PAGE_OPTIONS,
    ],
    examples: [["latchkey audit list --kind tokens --limit 20", "What happened to tokens of late"]],
    async run(call) {
      const { auditEvents } = await call.client();
      const query = { kind: call.texts("kind") as ListAuditEventsQuery["kind"], by: call.texts("by") };
      await printList(call, (limit) => auditEvents.list({ ...query, limit }), {
        heads: [
          { name: "At", as: "whole" },
          { name: "What", as: "whole" },
          "By",
          { name: "On", as: "spare" },
          { name: "From", as: "spare" },
        ],
        row: ({ at, action, by, subject, ip }) => [
          when(at),
          action,
          [by.member?.name ?? by.kind, ...(by.token ? [`by ${by.token.name}`] : [])].join(" "),
          subject.name ?? subject.id ?? subject.kind,
          ip ?? "–",
        ],
        none: "Nothing of that kind happened.",
      });
    },
  },
  {
    path: "status",
    words: "Says whether the server lives and can work. Nobody has to be signed in.",
    examples: [["latchkey status --host https://tokens.example.com", "Ends with 5 where it cannot"]],
    async run(call) {
      const { health } = latchkeyAt(await hostOf(call));
      const alive = await health.alive({ retries: 0 });
      const ready = await health.ready({ retries: 0 });
      if (call.print.isJson) call.print.json({ alive: alive.status, ready: ready.status });
      else call.print.line("It lives, and is ready.");
    },
  },
];
