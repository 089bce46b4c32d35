import { z } from "zod";
import { MEMBERS_PER_PAGE } from "./member-list";

const KINDS = ["person", "service"] as const;
const STATUSES = ["active", "deactivated"] as const;

/** Search, filters and page of the table of members, as the page's address says them. */
export interface MemberQuery {
  q: string;
  role: string[];
  status: (typeof STATUSES)[number][];
  kind: (typeof KINDS)[number][];
  /** Rows before the first one of the page. */
  offset: number;
}

const uuid = z.uuid();

/** Reads the address forgivingly: what is not understood counts as not said. */
export function readMemberQuery(params: Record<string, string | string[] | undefined>): MemberQuery {
  const list = (name: string) => {
    const said = params[name];
    const values = (Array.isArray(said) ? said : [said ?? ""]).flatMap((text) => text.split(","));
    return [...new Set(values)].slice(0, 50);
  };
  const q = [params.q].flat()[0] ?? "";
  const page = Number([params.cursor].flat()[0]);
  return {
    q: q.isWellFormed() && !/\p{Cc}/u.test(q) ? q.trim().slice(0, 200) : "",
    role: list("role").filter((id) => uuid.safeParse(id).success),
    status: STATUSES.filter((status) => list("status").includes(status)),
    kind: KINDS.filter((kind) => list("kind").includes(kind)),
    offset: Number.isSafeInteger(page) && page > 0 && page < 1e6 ? page - (page % MEMBERS_PER_PAGE) : 0,
  };
}
