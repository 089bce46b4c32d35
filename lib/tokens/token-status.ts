export const TOKEN_STATUSES = ["active", "expired", "deleted"] as const;
export type TokenStatus = (typeof TOKEN_STATUSES)[number];

/** The one rule of validity, used by the badge, the verifier and the jobs. A token is expired at the very instant of its expiry. */
export function tokenStatus(token: { deletedAt: Date | null; expiresAt: Date | null }, now: Date): TokenStatus {
  if (token.deletedAt) return "deleted";
  if (token.expiresAt && token.expiresAt.getTime() <= now.getTime()) return "expired";
  return "active";
}

/** Why a token does not work, or `active` where it does: its own status first, then its issuer's, then its organization's. */
export function tokenStanding(
  token: { deletedAt: Date | null; expiresAt: Date | null },
  around: { issuerStatus: "active" | "deactivated"; tokensEnabled: boolean },
  now: Date,
): TokenStatus | "issuer_deactivated" | "tokens_disabled" {
  const status = tokenStatus(token, now);
  if (status !== "active") return status;
  if (around.issuerStatus !== "active") return "issuer_deactivated";
  return around.tokensEnabled ? "active" : "tokens_disabled";
}

export const DAY = 86_400_000;

/** Days before expiry at which a token is shown as expiring soon. */
export const EXPIRES_SOON_DAYS = 7;

/** True from seven days before the expiry until it. */
export const expiresSoon = (token: { deletedAt: Date | null; expiresAt: Date | null }, now: Date): boolean =>
  expiresWithin(token, EXPIRES_SOON_DAYS, now);

/** True from so many days before the expiry until it. */
export function expiresWithin(
  token: { deletedAt: Date | null; expiresAt: Date | null },
  days: number,
  now: Date,
): boolean {
  return (
    tokenStatus(token, now) === "active" &&
    token.expiresAt !== null &&
    token.expiresAt.getTime() - now.getTime() <= days * DAY
  );
}
