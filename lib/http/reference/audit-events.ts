import { auditEventsQuery } from "@/lib/audit/audit-query";
import { pageAnswer } from "../answer-fields";
import { auditEventAnswer } from "../audit-resource";
import { endpointGroup, pageNotes } from "./endpoint";

export const auditEvents = endpointGroup({
  title: "Audit log",
  summary: "Who did what in the organization, and from where. Nothing is ever taken out of it.",
  endpoints: [
    {
      operationId: "listAuditEvents",
      clientMethod: "auditEvents.list",
      method: "GET",
      path: "/api/v1/audit-events",
      credential: "token",
      permission: "audit:read",
      title: "List events",
      summary:
        "Newest first, with the filters of the page in the console. Filters that take several values are repeated. Where groups bound what the issuer sees, these are the events of its groups, without facts about anybody else.",
      query: auditEventsQuery,
      notes: {
        ...pageNotes,
        after:
          "The id of an event: only those that came after it. Of events that are written at the same moment one may come with the smaller id and a little later, so ask from one that is a minute old, and leave out those that you know.",
        kind: "What it is about: tokens, members, groups, roles, settings or sessions.",
        by: "The id of a member: what they did, also through their tokens.",
      },
      queryExample: "?kind=tokens&limit=20",
      status: 200,
      answer: pageAnswer("AuditEventPage", auditEventAnswer),
      problems: ["invalid_cursor"],
    },
  ],
});
