import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { groupId } from "@/lib/groups/group-input";
import { getGroup } from "@/lib/groups/list-groups";
import { accepted } from "@/lib/http/answer";
import { groupResource } from "@/lib/http/organization-resources";
import { readParam } from "@/lib/http/read-input";

export const dynamic = "force-dynamic";

export const GET = withToken("groups:read", async (_request, { actor, ctx, params }) =>
  groupResource(accepted(await getGroup(actor, readParam((await params).id, groupId), ctx))),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
