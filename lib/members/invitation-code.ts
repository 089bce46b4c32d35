import { createHash, randomBytes } from "node:crypto";
import { done, type Outcome } from "@/lib/refusal";

/** How long an invitation is open, in milliseconds. */
export const INVITATION_LIFE = 7 * 24 * 60 * 60 * 1000;

/** The secret of an invitation's link: 256 random bits, base64url. Only its SHA-256 is stored. */
export const newInvitationCode = (): string => randomBytes(32).toString("base64url");

/** What the table holds. Null for what never was a code of ours, so that it costs no query. */
export function hashInvitationCode(code: string): Buffer | null {
  return /^[A-Za-z0-9_-]{43}$/.test(code) ? createHash("sha256").update(code).digest() : null;
}

/**
 * An invitation with its link in place of its secret. The secret stands after the `#`, which browsers send to no server and
 * name in no Referer.
 */
export function invitationLink<Invitation extends { code: string }>(
  outcome: Outcome<Invitation>,
  publicUrl: string,
): Outcome<Omit<Invitation, "code"> & { link: string }> {
  if (!outcome.ok) return outcome;
  const { code, ...invitation } = outcome.value;
  return done({ ...invitation, link: `${publicUrl}/invitation#${code}` });
}
