import { isDatabaseAway } from "@/lib/database-away";
import { errorFacts, log } from "@/lib/log";
import { InvalidCursor } from "./cursor";
import { Problem } from "./problem";

/**
 * What came instead of an answer: a problem as it is; of everything else the caller hears no more than that it failed,
 * and the log the cause, beside `facts` of the request.
 */
export function problemOf(error: unknown, facts: { request_id: string; method?: string; path?: string }): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidCursor) return new Problem("invalid_cursor");
  const away = isDatabaseAway(error);
  const told = { ...facts, error: errorFacts(error) };
  if (away) log().warn(told, "the database is away");
  else log().error(told, "a request failed");
  return new Problem(away ? "unavailable" : "internal_error");
}
