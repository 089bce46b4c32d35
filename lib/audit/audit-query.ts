import { z } from "zod";
import { listQuery } from "@/lib/http/list-query";
import { AUDIT_KINDS, type AuditKind } from "./audit-kinds";

const most = { error: "Give at most 50." };

/** The filters of the audit log as the API takes them: the page's, where what is not understood is refused. */
export const auditEventsQuery = listQuery.extend({
  kind: z
    .array(z.enum(Object.keys(AUDIT_KINDS) as [AuditKind, ...AuditKind[]], { error: "There is no such kind." }))
    .max(50, most)
    .default([]),
  /** An event's id. */
  after: z.uuid({ error: "Give the id of an event." }).nullable().default(null),
  by: z
    .array(z.uuid({ error: "Give the id of a member." }))
    .max(50, most)
    .default([]),
});
export type AuditEventsQuery = z.output<typeof auditEventsQuery>;
