import postgres from "postgres";
import type { Totals, Untold } from "./call-limits";

/** Where processes add up their calls. It may be lost at any time: each keeps its own count. */
export interface CallStore {
  /** Adds calls to the minute that it is by the store's own clock, and reads the totals, in one round trip. */
  exchange(told: readonly Untold[]): Promise<Totals>;
  /** Gives up the connection and what is under way on it; the next exchange makes another. */
  disconnect(): void;
}

interface Row {
  at: number;
  calls: [thisMinute: number, lastMinute: number][];
}

/**
 * The table `call_counts`, on a connection of its own that is open only while there is something to exchange: one that
 * hangs neither takes a place from the checks of tokens nor keeps the counts apart for longer than it takes to notice.
 */
export function postgresCallStore(url: string): CallStore {
  let sql: postgres.Sql | null = null;
  const connect = () =>
    postgres(url, {
      max: 1,
      connect_timeout: 2,
      idle_timeout: 20,
      backoff: false,
      connection: { application_name: "latchkey calls", statement_timeout: 2000, TimeZone: "UTC" },
      onnotice: () => {},
    });
  return {
    async exchange(told) {
      sql ??= connect();
      // In the order of the key, so that two processes never wait for each other's rows crosswise.
      const [row] = await sql<Row[]>`
        with clock as materialized (
          select floor(extract(epoch from statement_timestamp()) / 60)::int as minute
        ), told as materialized (
          select told.place, told.id, told.calls, clock.minute from clock,
            unnest(${told.map(({ id }) => id)}::text[], ${told.map(({ calls }) => calls)}::bigint[])
              with ordinality as told(id, calls, place)
        ), added as (
          insert into call_counts (minute, subject_id, calls)
          select minute, id, calls from told where calls > 0 order by id
          on conflict (minute, subject_id) do update set calls = call_counts.calls + excluded.calls
          returning subject_id, calls
        ), cleared as (
          delete from call_counts where ctid = any(array(
            select old.ctid from call_counts old, clock where old.minute < clock.minute - 2
            limit 10000 for update of old skip locked
          ))
        )
        select floor(extract(epoch from statement_timestamp()) * 1000)::float8 as at,
          json_agg(json_build_array(coalesce(added.calls, this.calls, 0), coalesce(last.calls, 0)) order by told.place) as calls
        from told
        left join added on added.subject_id = told.id
        left join call_counts this on this.minute = told.minute and this.subject_id = told.id
        left join call_counts last on last.minute = told.minute - 1 and last.subject_id = told.id`;
      if (!row) throw new Error("the database added nothing up");
      return row;
    },
    disconnect() {
      void sql?.end({ timeout: 0 }).catch(() => {});
      sql = null;
    },
  };
}
