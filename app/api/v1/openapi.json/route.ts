import { openRoute, otherMethods } from "@/lib/auth/open-route";
import { conditionalJson } from "@/lib/http/conditional";
import { servedDocument } from "@/lib/http/openapi/served-document";

export const dynamic = "force-dynamic";

export const GET = openRoute((request) => {
  const { text, tag } = servedDocument();
  // It changes with the version that serves it: to be asked for each time, and sent where it is another.
  return conditionalJson(request, text, { tag, headers: { "Cache-Control": "no-cache" } });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods("GET");
