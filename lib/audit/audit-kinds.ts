import { z } from "zod";

/** What events are about, as one filters them: the first half of their actions. */
export const AUDIT_KINDS = {
  tokens: ["token"],
  members: ["member", "invitation", "account"],
  groups: ["group"],
  roles: ["role", "permission"],
  settings: ["organization", "tokens", "policy", "notices"],
  sessions: ["session"],
} as const;
export type AuditKind = keyof typeof AUDIT_KINDS;

/** The filters of the audit log, as the page's address says them. */
export interface AuditQuery {
  kind: AuditKind[];
  /** Ids of members: what they did themselves or through their tokens. */
  by: string[];
  cursor: string | null;
}

const uuid = z.uuid();

/** Reads the address forgivingly: what is not understood counts as not said. */
export function readAuditQuery(params: Record<string, string | string[] | undefined>): AuditQuery {
  const list = (name: string) => {
    const said = params[name];
    const values = (Array.isArray(said) ? said : [said ?? ""]).flatMap((text) => text.split(","));
    return [...new Set(values)].slice(0, 50);
  };
  const kinds = list("kind");
  return {
    kind: (Object.keys(AUDIT_KINDS) as AuditKind[]).filter((kind) => kinds.includes(kind)),
    by: list("by").filter((id) => uuid.safeParse(id).success),
    cursor: [params.cursor].flat()[0] || null,
  };
}
