import { openRoute } from "@/lib/auth/open-route";
import { noSuchEndpoint } from "@/lib/http/no-such-endpoint";

export const dynamic = "force-dynamic";

export const GET = openRoute(noSuchEndpoint);
export const POST = openRoute(noSuchEndpoint);
export const PUT = openRoute(noSuchEndpoint);
export const PATCH = openRoute(noSuchEndpoint);
export const DELETE = openRoute(noSuchEndpoint);
export const OPTIONS = openRoute(noSuchEndpoint);
