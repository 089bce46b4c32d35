import { isDatabaseAway } from "@/lib/database-away";
import { errorFacts, log } from "@/lib/log";
import { InvalidCursor } from "./cursor";
import { OAuthError, oauthErrorOf } from "./oauth-error";
import { Problem } from "./problem";

interface Facts {
  request_id: string;
  method?: string;
  path?: string;
}

/**
 * What came instead of an answer: a problem as it is; of everything else the caller hears no more than that it failed,
 * and the log the cause, beside `facts` of the request.
 */
export function problemOf(error: unknown, facts: Facts): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InvalidCursor) return new Problem("invalid_cursor");
  const away = isDatabaseAway(error);
  const told = { ...facts, error: errorFacts(error) };
  if (away) log().warn(told, "the database is away");
  else log().error(told, "a request failed");
  return new Problem(away ? "unavailable" : "internal_error");
}

/** The same in the words of OAuth. */
export const oauthErrorFrom = (error: unknown, facts: Facts): OAuthError =>
  error instanceof OAuthError ? error : oauthErrorOf(problemOf(error, facts));
