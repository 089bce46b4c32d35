import { createHash, randomBytes } from "node:crypto";

/** What a browser holds to be signed in: 256 random bits, base64url. Only its SHA-256 is stored. */
export const newSessionToken = (): string => randomBytes(32).toString("base64url");

/** What the table holds. Null for what never was a token of ours, so that it costs no query. */
export function hashSessionToken(token: string | undefined): Buffer | null {
  if (!token || !/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  return createHash("sha256").update(token).digest();
}
