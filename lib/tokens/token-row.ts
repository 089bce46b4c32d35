import type { RefusalCode } from "@/lib/refusal";
import type { OutsideReason } from "./token-compliance";
import type { Withheld } from "./token-reach";
import type { TokenKind } from "./token-secret";
import type { TokenStatus } from "./token-status";

/** Somebody as far as a table shows them. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
}

/** A token as every reader sees it: the table, its page, the API. Holds no hash, by an explicit list of columns. */
export interface TokenRow {
  id: string;
  kind: TokenKind;
  name: string;
  description: string | null;
  masked: string;
  status: TokenStatus;
  /** Why it does not work though it is active; null where it does, and once it is over. */
  stopped: "issuer_deactivated" | "tokens_disabled" | null;
  issuedBy: Person;
  /** Null where the token mirrors its issuer. */
  role: { id: string; name: string } | null;
  /** What it may do now; empty once it is over. Sorted. */
  permissions: string[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  lastUsedIp: string | null;
  deletedAt: Date | null;
  /** From where it may be used, beside the policy's own; empty for wherever the policy allows. */
  allowedNetworks: string[];
  /** When it is deleted, of which was told, unless it is used before; null where nothing is told or no longer holds. */
  deletionAt: Date | null;
  /** Where it has a second secret: one that waits for its first use since then, or one that ends then. */
  rotation: { waitingSince: Date | null; previousEndsAt: Date | null } | null;
  /** The expiry that it gets where the reader rotates it now; null where it keeps its own. */
  renewsTo: Date | null;
  /** True from seven days before its expiry. */
  expiresSoon: boolean;
  /** Calls a day (UTC) over the last 14 days, oldest first. */
  usage: number[];
  /** In what it differs from what the policy would allow to be created now; empty where it does not, and once it is over. */
  outsidePolicy: OutsideReason[];
  /** Why the reader may not change and delete it; null where it may. */
  locked: "already_deleted" | "not_yours_to_change" | "exceeds_this_token" | null;
  /** Why its secret is not the reader's to have, though it may be theirs to delete; null where it is. */
  withheld: Withheld | null;
  /** Why the reader gets no new secret of it; null where they do. */
  rotationRefusal: RefusalCode | null;
  /** Why the reader may not let it live longer, null where they may; null itself where no expiry can be chosen anew. */
  extension: { refusal: RefusalCode | null } | null;
}

/** A page of the table. Cursors are opaque; null where there is no page that way. */
export interface TokenPage {
  rows: TokenRow[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** Rows that match the filters, exact. */
  total: number;
  /** The place of the first row of this page in the whole, from 1; 0 where there is none. */
  first: number;
}

/** Choices of each filter with how many of the visible tokens each would show, filters aside. */
export interface TokenFacets {
  issuedBy: (Person & { count: number })[];
  role: { id: string; name: string; count: number }[];
  status: Record<TokenStatus, number>;
  /** Live ones outside the policy. */
  outsidePolicy: number;
}
