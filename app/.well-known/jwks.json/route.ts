import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { database } from "@/lib/database";
import { publicJson } from "@/lib/http/answer";
import { publicKeys } from "@/lib/oauth/public-keys";

export const dynamic = "force-dynamic";

export const GET = openRoute(async () => publicJson(await publicKeys({ db: database().db })));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
