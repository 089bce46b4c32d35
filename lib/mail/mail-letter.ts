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
        /** The latest expiry of all of them. */
        last: string;
        /** How many of them the receiver issued. */
        issued: "all" | "some" | "none";
        isReminder: boolean;
      }
    | {
        kind: "token_inactive";
        /** The first to be deleted. */
        tokens: (Omit<MailToken, "expiresAt"> & { issuedBy: string; dueAt: string })[];
        /** All of them; at least one. */
        count: number;
        /** When the last of them is to be deleted. */
        last: string;
      }
    | Extract<MailContent, { by: string | null }>
  );
