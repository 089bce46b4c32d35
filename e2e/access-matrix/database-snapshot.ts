import type { Sql } from "postgres";

type Row = Record<string, unknown>;
/** Messages come along with others that are compared: only what becomes of them later is looked at. */
const COME_ALONG = new Set(["notifications", "outbox"]);

/** Every row of every table that somebody could have changed, by table and content. */
export type Snapshot = Map<string, Row>;

/**
 * What reading leaves behind: counts of use, and the marks that a session or a token was in use. Then what follows from
 * rows that are compared themselves (the feed, which triggers write), what the server says of itself, and its keys, which
 * are made when they are first needed.
 */
const TRACES_OF_USE: Record<string, string[] | "all"> = {
  token_usage: "all",
  token_callers: "all",
  call_counts: "all",
  revocation_feed: "all",
  revocation_confirmations: "all",
  instances: "all",
  secret_uses: "all",
  refused_calls: "all",
  signing_keys: "all",
  api_tokens: ["last_used_at", "last_used_ip", "last_used_agent"],
  sessions: ["last_seen_at", "ip"],
};

export async function takeSnapshot(sql: Sql): Promise<Snapshot> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  const snapshot: Snapshot = new Map();
  await Promise.all(
    tables.map(async ({ name }) => {
      const traces = TRACES_OF_USE[name] ?? [];
      if (traces === "all") return;
      const rows = await sql<{ row: Row }[]>`select to_jsonb(t) - ${traces}::text[] as row from ${sql(name)} t`;
      for (const { row } of rows) snapshot.set(`${name} ${JSON.stringify(row)}`, { ...row, table: name });
    }),
  );
  return snapshot;
}

/**
 * What differs, each change once: an event by what it tells, any other row by its table and id. Sorted, so that it can
 * be compared with what should have happened.
 */
export function changes(before: Snapshot, after: Snapshot): string[] {
  const known = new Set([...before.values()].map(idOf));
  const differing = [
    ...[...before].filter(([key]) => !after.has(key)),
    ...[...after].filter(
      ([key, row]) => !before.has(key) && !(COME_ALONG.has(String(row.table)) && !known.has(idOf(row))),
    ),
  ];
  return [...new Set(differing.map(([, row]) => nameOf(row)))].sort();
}

const idOf = (row: Row) => `${row.table} ${row.id}`;

function nameOf(row: Row): string {
  if (row.table === "audit_events") {
    return eventName({
      action: String(row.action),
      organizationId: String(row.organization_id),
      memberId: String(row.actor_member_id),
      subject: String(row.subject_id),
    });
  }
  if (row.table === "expiry_answers") return `expiry_answers ${row.token_id} by ${row.member_id}`;
  if (row.table === "notice_preferences") return `notice_preferences of ${row.member_id}`;
  return `${row.table} ${row.id ?? row.key ?? JSON.stringify(row)}`;
}

export interface EventFacts {
  action: string;
  organizationId: string;
  memberId: string;
  subject: string;
}

export const eventName = ({ action, organizationId, memberId, subject }: EventFacts) =>
  `audit_events ${action} in ${organizationId} by ${memberId} on ${subject}`;

/** What changed and should not have, and what should have and did not, in words. */
export const differences = (changed: readonly string[], wanted: readonly string[]): string[] => [
  ...changed.filter((change) => !wanted.includes(change)).map((change) => `changed ${change}`),
  ...wanted.filter((change) => !changed.includes(change)).map((change) => `did not change ${change}`),
];
