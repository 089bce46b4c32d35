import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { readiness } from "@/lib/http/readiness";

export const dynamic = "force-dynamic";

export const GET = openRoute(() => readiness());

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
