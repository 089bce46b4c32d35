import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { openApiDocument } from "./document";

interface Served {
  text: string;
  etag: string;
}

let served: Served | undefined;

/** The document as it is sent. Nothing of it changes while a process lives. */
export function servedDocument(): Served {
  if (!served) {
    const text = JSON.stringify(openApiDocument(env().PUBLIC_URL));
    served = { text, etag: `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"` };
  }
  return served;
}
