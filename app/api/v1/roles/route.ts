import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { listQuery } from "@/lib/http/list-query";
import { roleResource } from "@/lib/http/organization-resources";
import { readQuery } from "@/lib/http/read-input";
import { listRoles } from "@/lib/roles/list-roles";

export const GET = withToken("roles:read", async (request, { actor, ctx }) => {
  const { rows, nextCursor } = await listRoles(actor, readQuery(request, listQuery), ctx);
  return { data: rows.map(roleResource), next_cursor: nextCursor };
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
