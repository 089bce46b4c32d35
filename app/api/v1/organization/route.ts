import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { organizationResource } from "@/lib/http/organization-resources";
import { getOrganization } from "@/lib/organizations/get-organization";

export const dynamic = "force-dynamic";

export const GET = withToken("organization:read", async (_request, { actor, ctx }) =>
  organizationResource(await getOrganization(actor, ctx)),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
