import type { MailContent, MailToken } from "./mail-content";

type Frame = Pick<MailContent, "organization" | "portal">;

/** A message with all that it says, ready to be put into words. */
export type Letter = Frame &
  (
    | {
        kind: "token_expiring";
        /** The first by expiry, each with one. */
        tokens: (MailToken & {
          expiresAt: string;
          issuedBy: string;
          /** A new secret that waits to be used, and until when its first use renews the token; null where it does not. */
          newSecret?: { since: string; renewsUntil: string | null } | null;
        })[];
        /** All of them; at least one. */
        count: number;
        isReminder: boolean;
      }
    | {
        kind: "token_inactive";
        /** The first to be deleted. Times as ISO 8601 in UTC; `lastUsedAt` is null where it never was. */
        tokens: (Omit<MailToken, "expiresAt"> & { issuedBy: string; lastUsedAt: string | null; dueAt: string })[];
        /** All of them; at least one. */
        count: number;
      }
    | Extract<MailContent, { by: string | null }>
  );
