import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { publicJson } from "@/lib/http/answer";
import { publicKeys } from "@/lib/oauth/public-keys";

export const dynamic = "force-dynamic";

export const GET = openRoute(async () => publicJson(await publicKeys()));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
