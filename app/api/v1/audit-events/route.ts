import { auditEventsQuery } from "@/lib/audit/audit-query";
import { pageAuditEvents } from "@/lib/audit/list-audit-events";
import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { accepted } from "@/lib/http/answer";
import { auditEventResource } from "@/lib/http/audit-resource";

export const dynamic = "force-dynamic";

export const GET = withToken(
  "audit:read",
  async (_request, { actor, ctx, query }) => {
    const { rows, nextCursor } = accepted(await pageAuditEvents(actor, query, ctx));
    return { data: rows.map(auditEventResource), next_cursor: nextCursor };
  },
  { query: auditEventsQuery },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
