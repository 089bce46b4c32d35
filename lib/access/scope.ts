import { z } from "zod";

/** A scope (RFC 6749, 3.3): names of permissions with one space between them, each once and sorted. */
export const scopeInput = z
  .string({ error: "Give permissions, with a space between them." })
  .max(4096, { error: "That is longer than any scope here." })
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/, {
    error: "Give permissions, with one space between them.",
  })
  .transform((text) => [...new Set(text.split(" "))].sort());
