import type { FilterDefinition, TableColumn } from "@/components/data-table/table-definition";
import { Own } from "@/components/tokens/token-columns";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { CalendarDate } from "@/components/ui/relative-time";
import { StatusDot } from "@/components/ui/status-dot";
import type { ListedMember, MembersView } from "@/lib/members/member-list";
import type { GroupWords } from "@/lib/organizations/group-words";
import { MemberMarks, MemberStanding, PORTALS } from "./member-standing";

/** The names of a member's groups in one line; all of them on hover. */
export function GroupNames({ groups }: { groups: ListedMember["groups"] }) {
  if (groups.length === 0) return <span className="text-faint">–</span>;
  return <Own text={groups.map(({ name }) => name).join(", ")} className="text-soft" />;
}

/** The line below a name: the address, or what the member is where it has none. */
export const memberLine = ({ email, owner }: ListedMember): string =>
  email ?? (owner ? `Service account of ${owner.name}` : "Service account of the administrators");

const name: TableColumn<ListedMember> = {
  id: "name",
  header: "Name",
  primary: true,
  cell: (row) => (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={row.name} seed={row.email ?? row.id} className="max-sm:hidden" />
      <Own text={row.name} className="min-w-0" />
      {row.isYou && <MemberMarks member={row} />}
    </span>
  ),
  detail: (row) => (
    <span className="block pl-8 max-sm:pl-0">
      <Own text={memberLine(row)} />
    </span>
  ),
};

const role: TableColumn<ListedMember> = {
  id: "role",
  header: "Role",
  width: "w-32",
  cell: (row) => (
    <Badge dir="auto" title={row.role.name} className="max-w-27!">
      {row.role.name}
    </Badge>
  ),
};

const portal: TableColumn<ListedMember> = {
  id: "portal",
  header: "Portal",
  width: "w-26",
  room: 1070,
  cell: (row) => <span className="text-soft">{row.kind === "service" ? "–" : PORTALS[row.portal]}</span>,
};

const status: TableColumn<ListedMember> = {
  id: "status",
  header: "Status",
  width: "w-30",
  cell: (row) => <MemberStanding status={row.status} />,
};

const tokens: TableColumn<ListedMember> = {
  id: "tokens",
  header: "Tokens",
  width: "w-20",
  align: "end",
  room: 830,
  cell: (row) => <LiveTokens count={row.liveTokens} />,
};

/** A number, or that one does not see them. */
export function LiveTokens({ count }: { count: number | null }) {
  if (count === null)
    return (
      <span className="text-faint" title="Their tokens are not yours to see.">
        <span aria-hidden="true">–</span>
        <span className="sr-only">not yours to see</span>
      </span>
    );
  return <span className={count === 0 ? "text-faint" : "tabular-nums"}>{count.toLocaleString("en")}</span>;
}

const joined: TableColumn<ListedMember> = {
  id: "joined",
  header: "Joined",
  width: "w-27",
  room: 940,
  cell: (row) => <CalendarDate value={row.createdAt} className="text-soft" />,
};

/** The columns in the order of reading; that of groups in the organization's word, where there are any. */
export function memberColumns(words: GroupWords | null): TableColumn<ListedMember>[] {
  const groups: TableColumn<ListedMember> = {
    id: "groups",
    header: words?.title ?? "",
    width: "w-36",
    room: 700,
    cell: (row) => <GroupNames groups={row.groups} />,
  };
  return [name, role, ...(words ? [groups] : []), portal, status, tokens, joined];
}

export const memberFilters = ({ role, status, kind }: MembersView["facets"]): FilterDefinition[] => [
  { id: "role", label: "Role", options: role.map(({ id, name, count }) => ({ value: id, label: name, count })) },
  {
    id: "status",
    label: "Status",
    options: [
      { value: "active", label: "Active", count: status.active, mark: <StatusDot tone="green">{null}</StatusDot> },
      {
        value: "deactivated",
        label: "Deactivated",
        count: status.deactivated,
        mark: <StatusDot tone="grey">{null}</StatusDot>,
      },
    ],
  },
  {
    id: "kind",
    label: "Kind",
    options: [
      { value: "person", label: "People", count: kind.person },
      { value: "service", label: "Service accounts", count: kind.service },
    ],
  },
];
