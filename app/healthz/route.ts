import { openRoute, otherMethods } from "@/lib/auth/open-route";

export const dynamic = "force-dynamic";

export const GET = openRoute(() => ({ status: "ok" }));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
