import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { publishedKeys } from "@/lib/auth/published-keys";
import { publicJson } from "@/lib/http/answer";

export const dynamic = "force-dynamic";

export const GET = openRoute(async () => publicJson(await publishedKeys()));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
