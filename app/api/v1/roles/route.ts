import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { listQuery } from "@/lib/http/list-query";
import { roleResource } from "@/lib/http/organization-resources";
import { listRoles } from "@/lib/roles/list-roles";

export const dynamic = "force-dynamic";

export const GET = withToken(
  "roles:read",
  async (_request, { actor, ctx, query }) => {
    const { rows, nextCursor } = await listRoles(actor, query, ctx);
    return { data: rows.map(roleResource), next_cursor: nextCursor };
  },
  { query: listQuery },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
