import { bigint, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** How each background job fares, for whoever hosts Latchkey. Which runs when is the runner's to know. */
export const jobRuns = pgTable("job_runs", {
  name: text("name").primaryKey(),
  startedAt: instant("started_at").notNull(),
  /** Null while the first run is under way. */
  finishedAt: instant("finished_at"),
  succeededAt: instant("succeeded_at"),
  /** Of the last run that succeeded, or failed for some organizations alone: what it did, counted. */
  counts: jsonb("counts").$type<Record<string, number>>(),
  /** Name or code of what the last run threw; null where it succeeded. */
  failure: text("failure"),
  runs: bigint("runs", { mode: "number" }).notNull().default(0),
  failures: bigint("failures", { mode: "number" }).notNull().default(0),
  /** Summed over all runs. */
  totals: jsonb("totals").$type<Record<string, number>>().notNull().default({}),
});
