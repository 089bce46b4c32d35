import postgres from "postgres";
import type { revocationFeed } from "@/db/schema";
import { answerWithin } from "./answer-within";

/** One change, as far as a cache needs it. */
export interface FeedEvent {
  sequence: number;
  kind: typeof revocationFeed.$inferSelect.kind;
  /** What is touched: see `revocation_feed.subject_id`. */
  subjectId: string;
}

export interface FeedPage {
  /** All that was committed since, in any order; null where it is too much to tell one by one. */
  events: FeedEvent[] | null;
  /** Every transaction below this number is over: where the next reading goes on. */
  before: string;
  /** The highest sequence that was there. */
  newest: number;
}

/** Name of the connection in `pg_stat_activity`. */
const APPLICATION = "latchkey feed";
const CHANNEL = "latchkey_revocations";
const DEADLINE_MS = 900;
const PAGE = 5000;

interface Row {
  pid: number;
  before: string;
  newest: string;
  events: [sequence: number, kind: FeedEvent["kind"], subjectId: string][];
}

/**
 * One connection that hears notices and reads the feed. When it is lost it is done for: the driver would open another one
 * by itself, on which nobody listens, so every reading also asks which server process answers.
 */
export class FeedConnection {
  readonly #sql: postgres.Sql;
  #pid: number | null = null;
  #onLost: () => void;

  private constructor(url: string, onNotice: (event: FeedEvent) => void, onLost: () => void) {
    this.#onLost = onLost;
    const options = {
      max: 1,
      connect_timeout: 2,
      idle_timeout: 0,
      max_lifetime: null,
      fetch_types: false,
      backoff: false,
      connection: { application_name: APPLICATION, statement_timeout: DEADLINE_MS },
      onnotice: () => {},
      onclose: () => this.#lost(),
      // Not among the driver's types: it is what its own `listen` is made of, which does not tell of a loss.
      onnotify: (_channel: string, payload: string) => {
        const [sequence = "", kind = "", subjectId = ""] = payload.split(" ");
        // Written by the trigger, under the check of the table.
        onNotice({ sequence: Number(sequence), kind: kind as FeedEvent["kind"], subjectId });
      },
    };
    this.#sql = postgres(url, options);
  }

  /**
   * Connects and listens. `onLost` is called once, as soon as notices may have been missed. Rejects where the database
   * cannot be reached.
   */
  static async open(url: string, onNotice: (event: FeedEvent) => void, onLost: () => void): Promise<FeedConnection> {
    const connection = new FeedConnection(url, onNotice, onLost);
    try {
      await answerWithin(2000 + DEADLINE_MS, connection.#sql`listen ${connection.#sql(CHANNEL)}`);
      const asked = connection.#sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const [row] = await answerWithin(DEADLINE_MS, asked);
      connection.#pid = row?.pid ?? null;
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /**
   * What was committed since `before`, the number that an earlier reading gave; with null, only where to begin. Rejects,
   * and is lost, where the database does not answer in time or the connection is not the one that listens.
   */
  async read(before: string | null): Promise<FeedPage> {
    const sql = this.#sql;
    try {
      const [row] = await answerWithin(
        DEADLINE_MS,
        // Numbers at or above the snapshot's end are of another cluster, from which the table was restored.
        sql<Row[]>`
          select pg_backend_pid() as pid, pg_snapshot_xmin(pg_current_snapshot())::text as before,
            (select coalesce(max(sequence), 0) from revocation_feed) as newest,
            coalesce((
              select json_agg(json_build_array(page.sequence, page.kind, page.subject_id)) from (
                select sequence, kind, subject_id from revocation_feed
                where transaction >= ${before}::text::xid8 and transaction < pg_snapshot_xmax(pg_current_snapshot())
                limit ${PAGE + 1}
              ) page
            ), '[]') as events`,
      );
      if (!row || row.pid !== this.#pid) throw new FeedLost("another server process answers");
      const events = row.events.map(([sequence, kind, subjectId]) => ({ sequence, kind, subjectId }));
      return { before: row.before, newest: Number(row.newest), events: events.length > PAGE ? null : events };
    } catch (error) {
      this.#lost();
      throw error;
    }
  }

  close(): void {
    this.#onLost = () => {};
    this.#lost();
  }

  #lost(): void {
    const onLost = this.#onLost;
    this.#onLost = () => {};
    this.#pid = null;
    void this.#sql.end({ timeout: 0 }).catch(() => {});
    onLost();
  }
}

/** The connection that listened is not there any more. */
class FeedLost extends Error {
  override name = "FeedLost";
}
