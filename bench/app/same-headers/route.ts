import { ANSWER } from "../answer-body";

export const dynamic = "force-dynamic";

/** No credential either, but the headers that every answer of ours has. */
export const GET = () =>
  Response.json(ANSWER, {
    headers: { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Request-Id": crypto.randomUUID() },
  });
