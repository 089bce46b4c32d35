import type { TableColumn } from "@/components/data-table/table-definition";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { CalendarDate, RelativeTime } from "@/components/ui/relative-time";
import type { TokenRow } from "@/lib/tokens/token-row";
import type { TokenWords } from "@/lib/tokens/token-words";
import { OutsideMark } from "./outside-mark";
import { RotationMark } from "./rotation-mark";
import { TokenStatusBadge } from "./token-status-badge";
import { TokenUsageSpark } from "./token-usage-spark";
import { UnusedMark } from "./unused-mark";

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
  room: 880,
  // A client's id is half of its credentials, and public.
  cell: (row) => <code className="font-mono text-soft text-xs">{row.kind === "cls" ? row.id : row.masked}</code>,
};

const issuedBy: TableColumn<TokenRow> = {
  id: "issued_by",
  header: "Issued by",
  width: "w-36",
  room: 640,
  cell: ({ issuedBy: { id, name: issuer, email } }) => (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={issuer} seed={email ?? id} className="size-5.5!" />
      <Own text={issuer} className="max-w-25" />
    </span>
  ),
};

const role: TableColumn<TokenRow> = {
  id: "role",
  header: "Role",
  width: "w-29",
  room: 780,
  cell: (row) =>
    row.role ? (
      <Badge dir="auto" title={row.role.name} className="max-w-24!">
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
      <TokenStatusBadge token={row} />
      <RotationMark token={row} />
      <OutsideMark reasons={row.outsidePolicy} />
    </span>
  ),
};

const lastUsed: TableColumn<TokenRow> = {
  id: "last_used_at",
  header: "Last used",
  width: "w-27",
  sort: "descending",
  cell: (row) => (
    // Compact rows have one line, and there the end of it matters more.
    <span className={`grid gap-0.5 ${row.deletionAt ? "compact:[&>:first-child]:sr-only" : ""}`}>
      {row.lastUsedAt ? (
        <RelativeTime
          value={row.lastUsedAt}
          detail={row.lastUsedIp ? `from ${row.lastUsedIp}` : null}
          className="text-soft"
        />
      ) : (
        <span className="text-faint">never</span>
      )}
      <UnusedMark token={row} />
    </span>
  ),
};

const usage: TableColumn<TokenRow> = {
  id: "usage",
  header: "14 days",
  width: "w-22",
  room: 1070,
  cell: (row) => <TokenUsageSpark usage={row.usage} />,
};

const created: TableColumn<TokenRow> = {
  id: "created_at",
  header: "Created",
  width: "w-25",
  room: 980,
  sort: "descending",
  cell: (row) => <CalendarDate value={row.createdAt} className="text-soft" />,
};

const expires: TableColumn<TokenRow> = {
  id: "expires_at",
  header: "Expires",
  width: "w-25",
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
    { ...token, header: words.idColumn, width: "w-34", room: 680 },
    { ...name, header: "Description", cell: (row) => <Own text={row.description ?? row.name} />, detail: undefined },
    { ...role, header: words.role, room: 790 },
    { ...issuedBy, hiddenByDefault: true },
    status,
    { ...created, room: 890 },
    { ...lastUsed, header: words.lastUsed },
    { ...usage, hiddenByDefault: true },
  ];
}

/** Without the column of issuers, the others have room in narrower tables. */
const ownColumns: TableColumn<TokenRow>[] = [
  name,
  { ...token, room: 740 },
  { ...role, room: 630 },
  status,
  lastUsed,
  { ...usage, room: 930 },
  { ...created, room: 840 },
  expires,
];

/**
 * The columns in the order of reading. Whoever sees only tokens of their own needs no column of issuers. Columns give way
 * only where the name would get less than some 150 px: the chart first, then the date, the token, the role, the issuer.
 */
export function tokenColumns(sees: "all" | "own", words: TokenWords): TableColumn<TokenRow>[] {
  if (words.idColumn === "Client ID") {
    const columns = clientColumns(words);
    return sees === "all" ? columns : columns.filter(({ id }) => id !== issuedBy.id);
  }
  return sees === "all" ? [name, token, issuedBy, role, status, lastUsed, usage, created, expires] : ownColumns;
}
