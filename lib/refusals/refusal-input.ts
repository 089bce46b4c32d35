import { z } from "zod";

/** Requests have ids of 8 to 64 characters; pasted ones come with space around them, and with their header's name. */
export const explainRefusalInput = z.object({
  request_id: z
    .string()
    .trim()
    .transform((text) => text.replace(/^x-request-id\s*:\s*/i, "").replace(/^"?(.*?)"?,?$/, "$1"))
    .pipe(z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)),
});
export type ExplainRefusalInput = z.output<typeof explainRefusalInput>;
