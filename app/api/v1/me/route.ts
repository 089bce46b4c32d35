import { otherMethods } from "@/lib/auth/open-route";
import { withToken } from "@/lib/auth/with-token";
import { ownTokenResource } from "@/lib/http/token-resource";

export const dynamic = "force-dynamic";

export const GET = withToken("any", (_request, { token, actor }) => ownTokenResource(token, actor));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
