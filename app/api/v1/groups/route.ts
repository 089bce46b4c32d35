import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { listGroups } from "@/lib/groups/list-groups";
import { listQuery } from "@/lib/http/list-query";
import { groupResource } from "@/lib/http/organization-resources";

export const dynamic = "force-dynamic";

export const GET = withToken(
  "groups:read",
  async (_request, { actor, ctx, query }) => {
    const { rows, nextCursor } = await listGroups(actor, query, ctx);
    return { data: rows.map(groupResource), next_cursor: nextCursor };
  },
  { query: listQuery },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
