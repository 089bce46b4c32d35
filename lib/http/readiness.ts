import type { Sql } from "postgres";
import journal from "@/db/migrations/meta/_journal.json";
import { database } from "@/lib/database";
import { within } from "@/lib/within";
import { Problem } from "./problem";

/** An orchestrator asks every few seconds; a longer wait is an answer too. */
const DEADLINE_MS = 1500;
/** SQLSTATE of a table and of a schema that is not there. */
const MISSING = new Set(["42P01", "3F000"]);

/** Whether the database answers and has the schema of this build. Throws `Problem` 503 where not. */
export async function readiness(sql: Sql = database().sql): Promise<{ status: "ready" }> {
  const asked = sql<{ newest: string | null }[]>`
    select max(created_at)::text as newest from drizzle.__drizzle_migrations`;
  const [row] = await within(DEADLINE_MS, asked, () => new Problem("unavailable")).catch((error: { code?: string }) => {
    // Before the first migration there is no list of them either.
    if (MISSING.has(error.code ?? "")) return [];
    throw error;
  });
  const wanted = Math.max(...journal.entries.map(({ when }) => when));
  if (Number(row?.newest ?? 0) < wanted) {
    throw new Problem("unavailable", { detail: "The database has not been migrated to this version." });
  }
  return { status: "ready" };
}
