import type { TableColumn } from "@/components/data-table/table-definition";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { CalendarDate, RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { OutsideMark } from "./outside-mark";
import { TokenStatusBadge } from "./token-status-badge";
import { TokenUsageSpark } from "./token-usage-spark";

/** A text of anybody's, in its own direction, cut short by its own end; whole on hover and to a screen reader. */
export const Own = ({ text, className = "" }: { text: string; className?: string }) => (
  <span dir="auto" title={text} className={`block truncate text-left ${className}`}>
    {text}
  </span>
);

const name: TableColumn<TokenRow> = {
  id: "name",
  header: "Name",
  primary: true,
  sort: "ascending",
  cell: (row) => <Own text={row.name} />,
  detail: (row) => row.description && <Own text={row.description} />,
};

const token: TableColumn<TokenRow> = {
  id: "token",
  header: "Token",
  width: "w-26",
  room: 1120,
  // A client's id is half of its credentials, and public.
  cell: (row) => <code className="font-mono text-soft text-xs">{row.kind === "cls" ? row.id : row.masked}</code>,
};

const issuedBy: TableColumn<TokenRow> = {
  id: "issued_by",
  header: "Issued by",
  width: "w-38",
  room: 700,
  cell: ({ issuedBy: { id, name: issuer, email } }) => (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={issuer} seed={email ?? id} className="size-5.5!" />
      <Own text={issuer} className="max-w-27" />
    </span>
  ),
};

const role: TableColumn<TokenRow> = {
  id: "role",
  header: "Role",
  width: "w-32",
  room: 830,
  cell: (row) =>
    row.role ? (
      <Badge dir="auto" title={row.role.name} className="max-w-27!">
        {row.role.name}
      </Badge>
    ) : (
      <span className="text-soft" title="It may do what its issuer may do at the moment.">
        As issuer
      </span>
    ),
};

const status: TableColumn<TokenRow> = {
  id: "status",
  header: "Status",
  width: "w-28",
  cell: (row) => (
    <span className="grid gap-0.5 compact:flex compact:gap-1.5">
      <TokenStatusBadge status={row.status} />
      <OutsideMark reasons={row.outsidePolicy} />
    </span>
  ),
};

const lastUsed: TableColumn<TokenRow> = {
  id: "last_used_at",
  header: "Last used",
  width: "w-30",
  sort: "descending",
  cell: (row) =>
    row.lastUsedAt ? (
      <RelativeTime
        value={row.lastUsedAt}
        detail={row.lastUsedIp ? `from ${row.lastUsedIp}` : null}
        className="text-soft"
      />
    ) : (
      <span className="text-faint">never</span>
    ),
};

const usage: TableColumn<TokenRow> = {
  id: "usage",
  header: "14 days",
  width: "w-22",
  room: 1030,
  cell: (row) => <TokenUsageSpark usage={row.usage} />,
};

const created: TableColumn<TokenRow> = {
  id: "created_at",
  header: "Created",
  width: "w-27",
  room: 940,
  sort: "descending",
  cell: (row) => <CalendarDate value={row.createdAt} className="text-soft" />,
};

const expires: TableColumn<TokenRow> = {
  id: "expires_at",
  header: "Expires",
  width: "w-27",
  sort: "ascending",
  cell: (row) => {
    if (!row.expiresAt)
      return row.status === "deleted" ? (
        <span className="text-faint">–</span>
      ) : (
        <span className="text-soft">Never</span>
      );
    // What is deleted is over: counting down to an expiry that it once had would mislead.
    if (row.status === "deleted") return <CalendarDate value={row.expiresAt} className="text-faint" />;
    return (
      <RelativeTime value={row.expiresAt} className={row.expiresSoon ? "font-medium text-amber-ink" : "text-soft"} />
    );
  },
};

/** Clients are told apart by id and by what they are for, and never expire. */
function clientColumns(words: TokenWords): TableColumn<TokenRow>[] {
  return [
    { ...token, header: words.idColumn, width: "w-34", room: 830 },
    { ...name, header: "Description", cell: (row) => <Own text={row.description ?? row.name} />, detail: undefined },
    { ...role, header: words.role },
    { ...issuedBy, hiddenByDefault: true },
    status,
    { ...created, room: 700 },
    { ...lastUsed, header: words.lastUsed },
    { ...usage, hiddenByDefault: true },
  ];
}

/** The columns in the order of reading. Whoever sees only tokens of their own needs no column of issuers. */
export function tokenColumns(sees: "all" | "own", words: TokenWords): TableColumn<TokenRow>[] {
  const columns =
    words.idColumn === "Client ID"
      ? clientColumns(words)
      : [name, token, issuedBy, role, status, lastUsed, usage, created, expires];
  return sees === "all" ? columns : columns.filter(({ id }) => id !== issuedBy.id);
}
