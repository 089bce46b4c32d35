import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { servedDocument } from "@/lib/http/openapi/served-document";

export const dynamic = "force-dynamic";

export const GET = openRoute((request) => {
  const { text, etag } = servedDocument();
  // It changes with the version that serves it: to be asked for each time, and sent where it is another.
  const headers = { ETag: etag, "Cache-Control": "no-cache" };
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "Content-Type": "application/json" } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
