import type { TokenNoteManner } from "@/lib/notices/notice-events";
import type { Preset } from "@/lib/tokens/token-presets";

/** What every message knows: whose it is and where it leads. Read and kept when it is written. */
interface MailFrame {
  organization: { name: string; preset: Preset };
  portal: "console" | "hub";
}

/** A token as messages name it. Times as ISO 8601 in UTC. */
export interface MailToken {
  id: string;
  name: string;
  masked: string;
  expiresAt: string | null;
  /** Null where it never was, or where that says nothing. */
  lastUsedAt?: string | null;
}

/** What a message tells, as it stands in the outbox. Never a secret. */
export type MailContent = MailFrame &
  (
    | {
        kind: "token_expiring";
        /** The tokens are those of this notification that still live when it is first sent. */
        notificationId: string;
      }
    | {
        kind: "token_inactive";
        /** The tokens are those of which was told at this moment and that still lie unused when it is first sent. */
        noticedAt: string;
      }
    | {
        kind: "token_created" | "token_deleted" | "token_leaked";
        how?: TokenNoteManner;
        token: MailToken;
        /** Who did it; null where the system did. */
        by: string | null;
        /** The service account that the token acts for; null where a person issued it. */
        issuedFor: string | null;
        /** The person who issued it, where that is not the receiver. */
        issuedBy?: string | null;
        /** The address from which an old secret was presented. */
        from?: string | null;
        at: string;
      }
    | {
        kind: "token_deleted";
        how?: TokenNoteManner;
        /** The first of several that one act or one run of a job deleted. */
        tokens: (Pick<MailToken, "id" | "name" | "masked"> & { issuedBy: string })[];
        /** All of them; two at least. */
        count: number;
        by: string | null;
        at: string;
      }
  );

/** What a message says. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  /** Beside From, To, Subject and Message-ID. */
  headers: Record<string, string>;
}

/** The same as it was first sent, so that all attempts send it: nobody else makes its id, whose host was ours then. */
export interface KeptMail extends RenderedMail {
  /** With its angle brackets (RFC 5322, 3.6.4). */
  messageId: string;
}
