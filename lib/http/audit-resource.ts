import { z } from "zod";
import type { AuditRow } from "@/lib/audit/read-audit-events";
import { instant, named, time } from "./answer-fields";

export const auditEventAnswer = z
  .object({
    id: z.uuid().describe("Of the event; later ones have larger ids."),
    at: instant.describe("When it happened."),
    action: z.string().describe("What was done, such as token.created. New ones may come."),
    by: z
      .object({
        kind: z
          .enum(["member", "token", "system"])
          .describe("token: a member, through it. system: by a rule, or on a mishap."),
        member: named
          .extend({ email: z.email().nullable().describe("null for a service account.") })
          .nullable()
          .describe("Who did it, or whose token; null for the system, and for somebody whom the token does not see."),
        token: z
          .object({
            id: z.string().describe("As in the list of tokens."),
            name: z.string().describe("What people call it."),
          })
          .nullable()
          .describe(
            "Through which token it was done; null for whoever needed none, and for one that the reader does not see.",
          ),
        login: z
          .uuid()
          .nullable()
          .describe("The sign-in to the API through which a member did it; null for the console."),
      })
      .describe("Who did it, and through what."),
    subject: z
      .object({
        kind: z
          .enum(["token", "member", "organization", "session", "role", "group", "permission", "policy", "invitation"])
          .describe("What sort of thing it was done to."),
        id: z.string().nullable().describe("null where it leads nowhere for the reader."),
        name: z.string().nullable().describe("null where it has none, or none for the reader."),
      })
      .describe("What it was done to."),
    details: z.record(z.string(), z.unknown()).describe("Facts of this action: what was before and what is now."),
    ip: z.string().nullable().describe("Where the call came from; null for the system, and where that is not known."),
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
