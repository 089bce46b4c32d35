import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { listQuery } from "@/lib/http/list-query";
import { memberResource } from "@/lib/http/organization-resources";
import { readQuery } from "@/lib/http/read-input";
import { listMembers } from "@/lib/members/list-members";

export const GET = withToken("members:read", async (request, { actor, ctx }) => {
  const { rows, nextCursor } = await listMembers(actor, readQuery(request, listQuery), ctx);
  return { data: rows.map(memberResource), next_cursor: nextCursor };
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
