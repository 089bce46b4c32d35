import { env } from "@/lib/env";
import { entityTag } from "../conditional";
import { openApiDocument } from "./document";

interface Served {
  text: string;
  tag: string;
}

let served: Served | undefined;

/** The document as it is sent. Nothing of it changes while a process lives. */
export function servedDocument(): Served {
  if (!served) {
    const text = JSON.stringify(openApiDocument(env().PUBLIC_URL));
    served = { text, tag: entityTag(text) };
  }
  return served;
}
