import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { listQuery } from "@/lib/http/list-query";
import { memberResource } from "@/lib/http/organization-resources";
import { listMembers } from "@/lib/members/list-members";

export const dynamic = "force-dynamic";

export const GET = withToken(
  "members:read",
  async (_request, { actor, ctx, query }) => {
    const { rows, nextCursor } = await listMembers(actor, query, ctx);
    return { data: rows.map(memberResource), next_cursor: nextCursor };
  },
  { query: listQuery },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
