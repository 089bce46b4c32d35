import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { publicJson } from "@/lib/http/answer";
import { serverMetadata } from "@/lib/oauth/server-metadata";

export const dynamic = "force-dynamic";

export const GET = openRoute(() => publicJson(serverMetadata()));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
