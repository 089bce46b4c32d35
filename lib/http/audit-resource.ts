import { z } from "zod";
import type { AuditRow } from "@/lib/audit/read-audit-events";
import { instant, named, time } from "./answer-fields";

export const auditEventAnswer = z
  .object({
    id: z.uuid(),
    at: instant,
    action: z.string().describe("What was done, such as token.created. New ones may come."),
    by: z.object({
      kind: z.enum(["member", "token", "system"]),
      member: named
        .extend({ email: z.email().nullable() })
        .nullable()
        .describe("Who did it, or whose token; null for the system, and for somebody whom the token does not see."),
      token: z.object({ id: z.string(), name: z.string() }).nullable(),
      login: z
        .uuid()
        .nullable()
        .describe("The sign-in to the API through which a member did it; null for the console."),
    }),
    subject: z.object({
      kind: z.enum([
        "token",
        "member",
        "organization",
        "session",
        "role",
        "group",
        "permission",
        "policy",
        "invitation",
      ]),
      id: z.string().nullable(),
      name: z.string().nullable(),
    }),
    details: z.record(z.string(), z.unknown()).describe("Facts of this action: what was before and what is now."),
    ip: z.string().nullable(),
  })
  .meta({ id: "AuditEvent" });

/** An event as the API gives it: what is not its reader's to see is null, or not there. */
export const auditEventResource = (row: AuditRow): z.output<typeof auditEventAnswer> => ({
  id: row.id,
  at: time(row.at),
  action: row.action,
  by: { kind: row.by.kind, member: row.by.member, token: row.by.token, login: row.by.login },
  subject: { kind: row.subject.kind, id: row.subject.id === "" ? null : row.subject.id, name: row.subject.name },
  details: row.details,
  ip: row.ip,
});
